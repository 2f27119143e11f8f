import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { benchmarksDoc } from '../../bench/benchmarks-doc';
import type { Results } from '../../bench/results';

const ROOT = path.join(__dirname, '../..');
const KEYS = [
  'ratio',
  'peak',
  'monthOfDays',
  'monthOfNights',
  'monthOfRows',
  'latest',
  'knownDocuments',
  'knownRows',
  'sizePerYear',
  'blockP99',
  'blockMax',
  'waited',
  'demoCpu',
  'demoBlock',
];

function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8').replaceAll('\r\n', '\n');
}

describe('benchmark results', () => {
  const results = JSON.parse(textOf('bench/results.json')) as Results; // written by bench/main.ts; checked below

  it('hold a figure for everything that is promised to be measured', () => {
    const keys = results.figures.map(({ key }) => key);
    assert.deepEqual(
      KEYS.filter((key) => !keys.includes(key)),
      [],
    );
    assert.equal(new Set(keys).size, keys.length);
  });

  it('are numbers with a unit, a date and a version of Node.js, and name no machine', () => {
    for (const { key, value, unit, aim } of results.figures) {
      assert.ok(Number.isFinite(value) && value >= 0, key);
      assert.match(unit, /^(?:|s|ms|MB|MiB)$/, key);
      assert.ok(aim === null || aim > 0, key);
    }
    assert.match(results.date, /^\d{4}-\d\d-\d\d$/);
    assert.match(results.node, /^v\d+\.\d+\.\d+$/);
    assert.deepEqual(Object.keys(results).toSorted(), ['date', 'figures', 'node']);
  });

  it('are the ones that the documentation shows, each in one row', () => {
    const shown = textOf('docs/benchmarks.md');
    assert.equal(shown, benchmarksDoc(results));
    const rows = shown.split('\n').filter((line) => line.startsWith('| '));
    for (const { what } of results.figures) assert.equal(rows.filter((row) => row.startsWith(`| ${what} `)).length, 1, what);
  });

  it('are shown with three digits and their aim', () => {
    const figure = { key: 'x', what: 'Something', value: 12.345, unit: 'ms', aim: 50 };
    const doc = benchmarksDoc({
      date: '2026-01-02',
      node: 'v24.0.0',
      figures: [figure, { ...figure, what: 'Other', value: 0.04567, aim: null }],
    });
    assert.match(doc, /^\| Something +\| 12\.3 ms +\| at most 50 ms \|$/m);
    assert.match(doc, /^\| Other +\| 0\.046 ms +\| +\|$/m);
  });
});
