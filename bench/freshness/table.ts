import type { Row } from './bench';
import type { FreshnessResults, ResultRow } from './freshness-results';
import type { Late, Measured } from './measure';
import type { Delays } from './quantiles';

const HEADER = [
  'Person',
  'Strategy',
  'Requests a day',
  'most',
  'Awake: p50',
  'p95',
  'max',
  'All: p50',
  'p95',
  'Never',
  'Learning: requests',
  'p50',
] as const;

/** The figures of each person and strategy as a table of Markdown; delays in minutes. */
export function rowsTable({ rows }: Pick<FreshnessResults, 'rows'>): string {
  return tableOf(HEADER, rows.map(cellsOf));
}

const ORACLES_HEADER = [
  'Person',
  'Strategy',
  'Requests a day',
  'Oracle at p50',
  'Ratio',
  'at mean',
  'Ratio',
  'Knows the day: at p50',
  'Ratio',
  'at mean',
  'Ratio',
] as const;

/** What the oracles need for the same delay; empty where the delay is beyond the ends of the curve. */
export function oraclesTable({ rows }: Pick<FreshnessResults, 'rows'>): string {
  const cells = rows
    .filter(({ oracle: { law, day } }) => [law.p50, law.mean, day.p50, day.mean].some((needed) => needed !== null))
    .map(({ person, strategy, requests, oracle: { law, day } }) => {
      const beside = (needed: number | null): readonly string[] =>
        needed === null ? ['', ''] : [shown(needed), (requests.mean / needed).toFixed(2)];
      return [person, strategy, shown(requests.mean), ...[law.p50, law.mean, day.p50, day.mean].flatMap(beside)];
    });
  return tableOf(ORACLES_HEADER, cells);
}

/** A table of Markdown with its columns aligned. */
export function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** What the persons with faults went through. */
export function faultsTable(rows: readonly ResultRow[]): string {
  const outages = rows.flatMap(({ person, strategy, outage }) =>
    outage === null
      ? []
      : [
          [
            person,
            strategy,
            `all there ${shown(outage.recovered)} min after the end, ${outage.extra} requests more than usual in a day, ${outage.during} meanwhile`,
          ],
        ],
  );
  const silences = rows.flatMap(({ person, strategy, silence }) => {
    if (silence === null) return [];
    const [usual, , longest] = delayCells(silence.noticed);
    const noticed = `noticed ${silence.times - silence.unnoticed} of ${silence.times} times, after ${usual} min (median, at most ${longest})`;
    const [p50, p95, max] = delayCells(silence.waking);
    const delay = `delay by day p50 ${p50}, p95 ${p95}, max ${max} min, once noticed at most ${delayCells(silence.afterNotice)[2]}`;
    return [[person, strategy, `${noticed}, ${delay}, ${silence.requests} requests in the two days`]];
  });
  return tableOf(['Person', 'Strategy', 'What happened'], [...outages, ...silences]);
}

/** Delays by family of several strategies. */
export function familiesTable(families: FreshnessResults['families']): string {
  const strategies = Object.keys(families);
  const names = [...new Set(strategies.flatMap((strategy) => Object.keys(families[strategy] ?? {})))].toSorted();
  const rows = names.map((name) => {
    const own = strategies.map((strategy) => families[strategy]?.[name as keyof Measured['byFamily']]);
    const cells = own.flatMap((one) => (one === undefined ? ['', '', ''] : delayCells(one.waking)));
    return [name, String(own.find((one) => one !== undefined)?.all.count ?? 0), ...cells];
  });
  return tableOf(['Family', 'Changes', ...strategies.flatMap((strategy) => [`${strategy}: p50`, 'p95', 'max'])], rows);
}

/** Requests by family and kind, delays by family and what came latest, of each row, for whoever tunes. */
export function detailOf(rows: readonly Row[]): string {
  return rows
    .map(({ row, measured: { byFamily, slowest } }) => {
      const { person, strategy, requests, learning, afterEvent } = row;
      return [
        `\n${person} / ${strategy}`,
        `requests by kind: ${listed(requests.byKind)}`,
        `requests by family: ${listed(requests.byFamily)}`,
        `learning: ${shown(learning.requests.mean)} a day, most ${learning.requests.max}, awake ${delayCells(learning.waking).join(' ')}; ${listed(learning.requests.byKind)}`,
        `after the event: ${delayCells(afterEvent).join(' ')}`,
        familiesTable({ [strategy]: byFamily }),
        `latest:\n${slowest.map(lateLine).join('\n')}`,
      ].join('\n');
    })
    .join('\n');
}

function lateLine({ endpoint, at, minutes, isAwake }: Late): string {
  const when = new Date(at).toISOString().slice(0, 16);
  return `  ${when}Z ${isAwake ? 'awake ' : 'asleep'} ${minutes === null ? 'never' : `${shown(minutes)} min`} ${endpoint}`;
}

function cellsOf({ person, strategy, requests, waking, all, never, learning }: ResultRow): readonly string[] {
  const [p50, p95] = delayCells(all);
  return [
    person,
    strategy,
    shown(requests.mean),
    String(requests.max),
    ...delayCells(waking),
    p50,
    p95,
    String(never),
    shown(learning.requests.mean),
    shown(learning.waking.p50),
  ];
}

function delayCells({ p50, p95, max }: Delays): readonly [string, string, string] {
  return [shown(p50), shown(p95), shown(max)];
}

/** Counts by name as one line. */
export function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([key, count]) => `${key} ${shown(count)}`)
    .join(', ');
}

/** Three digits at most, two behind the point. */
function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
