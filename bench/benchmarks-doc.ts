import type { Figure, Results } from './results';

const HEADER = ['What', 'Measured', 'Aim'] as const;

/** The figures as one table of Markdown, its columns aligned so that it reads well on a terminal too. */
export function figuresTable({ figures }: Pick<Results, 'figures'>): string {
  const rows = figures.map((figure) => [figure.what, `${shown(figure.value)} ${figure.unit}`.trim(), aimOf(figure)]);
  const widths = HEADER.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(HEADER), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** `docs/benchmarks.md`. */
export function benchmarksDoc(results: Results): string {
  return `# Benchmarks

Written by \`npm run bench\`, ${results.date}, Node.js ${results.node}.

${figuresTable(results)}

How it is measured: a program of its own serves five years of one simulated person from ready-made JSON, page by page as Oura's API does, and
two programs take turns to fetch it: the first connection of an account with its database on disk and all limits at their defaults, and a plain
download of the same pages over as many connections that parses each answer and lets it go. Each is a new process, times are medians of three
runs, the ratio is the one of these medians; queries and pages are medians of 101 runs on the file the first connection has left.
`;
}

function aimOf({ aim, unit }: Figure): string {
  return aim === null ? '' : `at most ${aim} ${unit}`.trim();
}

/** Three digits, and no fewer than there are before the point; whole numbers as they are. */
function shown(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.min(3, 2 - Math.floor(Math.log10(Math.abs(value)))));
}
