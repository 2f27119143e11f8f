import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { homeDoc } from '../../bench/home/home-doc';
import type { HomeResults } from '../../bench/home/home-results';

const ROOT = path.join(__dirname, '../..');
const KEYS = ['changeP50', 'changeP95', 'changeMax', 'plainP95', 'amended', 'amendedOthers', 'firstOnline', 'firstComplete', 'firstLate'];
const MORE_KEYS = ['shownAfter', 'secondOnline', 'secondConfigs', 'secondStates', 'dayMessages', 'dayRows'];
const LEAST_ROUNDS = 30;
const PERSONS = 20;

function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8').replaceAll('\r\n', '\n');
}

describe('benchmark results with Home Assistant', () => {
  const results = JSON.parse(textOf('bench/home-results.json')) as HomeResults; // written by bench/home/main.ts; checked below
  const valueOf = (key: string): number | undefined => results.figures.find((figure) => figure.key === key)?.value;

  it('hold a figure for everything that is promised to be measured', () => {
    assert.deepEqual(
      [...KEYS, ...MORE_KEYS].filter((key) => valueOf(key) === undefined),
      [],
    );
    assert.equal(new Set(results.figures.map(({ key }) => key)).size, results.figures.length);
    assert.ok((valueOf('rounds') ?? 0) >= LEAST_ROUNDS);
    assert.equal(valueOf('persons'), PERSONS);
  });

  it('are numbers with a unit, a date, versions and how busy the machine was', () => {
    for (const { key, value, unit } of results.figures) {
      assert.ok(Number.isFinite(value) && value >= 0, key);
      assert.match(unit, /^(?:|s|ms)$/, key);
    }
    assert.match(results.date, /^\d{4}-\d\d-\d\d$/);
    for (const version of Object.values(results.versions)) assert.match(version, /^v?\d+\.\d+\.\d+/);
    assert.ok(results.machine.load.length > 0 && results.machine.load.every(Number.isFinite));
  });

  it('agree with what they list', () => {
    const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((total, count) => total + count, 0);
    assert.deepEqual(
      [sum(results.amended), sum(results.again), sum(results.rows)],
      [valueOf('amended'), valueOf('secondStates'), valueOf('dayRows')],
    );
  });

  it('are the ones that the documentation shows', () => {
    assert.equal(textOf('docs/benchmarks-home.md'), homeDoc(results));
  });
});
