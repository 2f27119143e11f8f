import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { figuresTable } from '../benchmarks-doc';
import { bench, type Outcome } from './bench';
import { freshnessDoc, REGULAR } from './freshness-doc';
import { freshnessFigures } from './freshness-figures';
import type { FreshnessResults } from './freshness-results';
import { optionsOf } from './options';
import { freshnessPlot } from './plot';
import { detailOf, faultsTable, oraclesTable, rowsTable } from './table';

/**
 * The benchmark of freshness. Prints one table; when everything runs at full length, it also writes `bench/freshness-results.json`,
 * `docs/benchmarks-freshness.md` and its picture. Arguments: the repository, then those of `optionsOf`.
 */
async function main(root: string, args: readonly string[]): Promise<void> {
  const options = optionsOf(args);
  const outcome = await bench(options, (text) => process.stderr.write(`${text}\n`));
  const results = resultsOf(outcome);
  process.stdout.write(`${rowsTable(results)}\n\n${oraclesTable(results)}\n\n${faultsTable(results.rows)}\n\n${figuresTable(results)}\n`);
  if (options.isDetailed) process.stdout.write(`${detailOf(outcome.rows)}\n`);
  if (!options.isFull) return;
  writeFileSync(path.join(root, 'bench/freshness-results.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(path.join(root, 'docs/benchmarks-freshness.md'), freshnessDoc(results));
  writeFileSync(path.join(root, 'docs/benchmarks-freshness.svg'), freshnessPlot(results));
}

function resultsOf({ days, warmUp, rows, curves }: Outcome): FreshnessResults {
  const shown = rows.filter(({ row }) => row.person === REGULAR && (row.strategy === 'polling' || row.strategy === 'webhooks'));
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    days,
    warmUp,
    figures: freshnessFigures(rows.map(({ row }) => row)),
    rows: rows.map(({ row }) => row),
    families: Object.fromEntries(shown.map(({ row, measured }) => [row.strategy, measured.byFamily])),
    curves,
  };
}

void main(process.argv[2] ?? '', process.argv.slice(3));
