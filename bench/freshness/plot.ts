import type { CurvePoint } from './curve';
import type { FreshnessResults, ResultRow } from './freshness-results';

const SIZE = { width: 760, height: 440, left: 64, right: 20, top: 56, bottom: 56 };
const X = { from: 20, to: 8000, marks: [20, 50, 100, 200, 500, 1000, 2000, 5000] };
const Y = { from: 0.3, to: 30, marks: [0.3, 0.5, 1, 2, 5, 10, 20] };

/** Shape and text of each strategy; the colours are in the style below, so that they suit light and dark. */
const SERIES = [
  { key: 'polling', name: 'this package, polling', shape: circle },
  { key: 'webhooks', name: 'this package, webhooks', shape: square },
  { key: 'every-15', name: 'every family every 15 min', shape: triangle },
  { key: 'every-5', name: 'every family every 5 min', shape: diamond },
] as const satisfies readonly {
  readonly key: ResultRow['strategy'];
  readonly name: string;
  readonly shape: (x: number, y: number) => string;
}[];

const STYLE = `
    text { font: 13px system-ui, sans-serif; fill: #24292f; }
    .back { fill: #ffffff; } .grid { stroke: #d0d7de; stroke-width: 1; } .oracle, .knows { stroke: #6e7781; fill: none; stroke-width: 1.5; }
    .knows { stroke-width: 1; stroke-dasharray: 2 4; }
    .polling { fill: #0969da; } .webhooks { fill: #1a7f37; } .every-15 { fill: #9a6700; } .every-5 { fill: #cf222e; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; } .back { fill: #0d1117; } .grid { stroke: #30363d; } .oracle, .knows { stroke: #8b949e; }
      .polling { fill: #58a6ff; } .webhooks { fill: #3fb950; } .every-15 { fill: #d29922; } .every-5 { fill: #ff7b72; }
    }`;

/** The picture of `docs/benchmarks-freshness.md`: requests a day against the median delay by day, both on logarithmic axes. */
export function freshnessPlot({ rows, curves }: Pick<FreshnessResults, 'rows' | 'curves'>): string {
  const calm = rows.filter(({ outage, silence }) => outage === null && silence === null);
  const points = SERIES.flatMap(({ key, shape }) =>
    calm
      .filter(({ strategy }) => strategy === key)
      .map(({ person, requests, waking }) =>
        mark(key, `${person}: ${requests.mean} requests a day, ${waking.p50} min`, shape(x(requests.mean), y(waking.p50))),
      ),
  );
  const lines = Object.entries(curves)
    .filter(([person]) => calm.some((row) => row.person === person))
    .flatMap(([, { law, day }]) => [line('knows', day), line('oracle', law)]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label="Requests a day against delay">`,
    `  <style>${STYLE}\n  </style>`,
    `  <rect class="back" width="${SIZE.width}" height="${SIZE.height}" rx="6"/>`,
    ...axes(),
    ...lines,
    ...points,
    ...legend(),
    '</svg>\n',
  ].join('\n');
}

function axes(): readonly string[] {
  const [bottom, right] = [SIZE.height - SIZE.bottom, SIZE.width - SIZE.right];
  const across = X.marks.flatMap((value) => [
    `  <line class="grid" x1="${x(value)}" y1="${SIZE.top}" x2="${x(value)}" y2="${bottom}"/>`,
    `  <text x="${x(value)}" y="${bottom + 20}" text-anchor="middle">${value}</text>`,
  ]);
  const up = Y.marks.flatMap((value) => [
    `  <line class="grid" x1="${SIZE.left}" y1="${y(value)}" x2="${right}" y2="${y(value)}"/>`,
    `  <text x="${SIZE.left - 8}" y="${y(value) + 4}" text-anchor="end">${value}</text>`,
  ]);
  const middle = (SIZE.left + right) / 2;
  return [
    ...across,
    ...up,
    `  <text x="${middle}" y="${SIZE.height - 12}" text-anchor="middle">requests a day</text>`,
    `  <text x="16" y="${(SIZE.top + bottom) / 2}" text-anchor="middle" transform="rotate(-90 16 ${(SIZE.top + bottom) / 2})">delay by day, median, minutes</text>`,
  ];
}

/** Two rows, an oracle at the end of each. */
function legend(): readonly string[] {
  const [columns, rows] = [[16, 230, 450] as const, [16, 36] as const];
  const places = [
    [columns[0], rows[0]],
    [columns[1], rows[0]],
    [columns[0], rows[1]],
    [columns[1], rows[1]],
  ] as const;
  const entries = SERIES.map(({ key, name, shape }, n) => {
    const [left, top] = places[n] ?? places[0];
    return `${mark(key, name, shape(left, top))}\n  <text x="${left + 12}" y="${top + 4}">${name}</text>`;
  });
  const left = columns[2];
  const key = (kind: string, top: number, name: string): string =>
    `  <line class="${kind}" x1="${left - 10}" y1="${top}" x2="${left + 10}" y2="${top}"/>\n  <text x="${left + 16}" y="${top + 4}">${name}</text>`;
  return [...entries, key('oracle', rows[0], 'oracle, one line for each person'), key('knows', rows[1], 'oracle that knows the day')];
}

/** Beyond the ends of the axes nothing is drawn. */
function line(kind: string, curve: readonly CurvePoint[]): string {
  const inside = curve.filter(({ requests, p50 }) => requests >= X.from && requests <= X.to && p50 >= Y.from && p50 <= Y.to);
  return `  <polyline class="${kind}" points="${inside.map(({ requests, p50 }) => `${x(requests)},${y(p50)}`).join(' ')}"/>`;
}

function mark(kind: string, title: string, shape: string): string {
  return `  <g class="${kind}"><title>${title}</title>${shape}</g>`;
}

function circle(cx: number, cy: number): string {
  return `<circle cx="${cx}" cy="${cy}" r="5.5"/>`;
}

function square(cx: number, cy: number): string {
  return `<rect x="${rounded(cx - 5)}" y="${rounded(cy - 5)}" width="10" height="10"/>`;
}

function triangle(cx: number, cy: number): string {
  return `<path d="M${cx} ${rounded(cy - 6)}l6 11h-12z"/>`;
}

function diamond(cx: number, cy: number): string {
  return `<path d="M${cx} ${rounded(cy - 7)}l6 7-6 7-6-7z"/>`;
}

function x(value: number): number {
  return place(value, X.from, X.to, SIZE.left, SIZE.width - SIZE.right);
}

function y(value: number): number {
  return place(value, Y.from, Y.to, SIZE.height - SIZE.bottom, SIZE.top);
}

/** Where a value lies on a logarithmic axis; beyond its ends, at the end. */
function place(value: number, from: number, to: number, first: number, last: number): number {
  const share = Math.log(Math.min(to, Math.max(from, value)) / from) / Math.log(to / from);
  return rounded(first + share * (last - first));
}

function rounded(value: number): number {
  return Math.round(10 * value) / 10;
}
