import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { freshnessDoc } from '../../bench/freshness/freshness-doc';
import type { FreshnessResults } from '../../bench/freshness/freshness-results';
import { freshnessPlot } from '../../bench/freshness/plot';
import { SCENARIOS } from '../../bench/freshness/scenarios';

const ROOT = path.join(__dirname, '../..');
const KEYS = ['pollingRequests', 'pollingDayMost', 'pollingP50', 'pollingP95', 'pollingLearning'];
const ORACLE_KEYS = ['pollingRatio', 'pollingRatioMean', 'pollingRatioDay', 'pollingRatioDayMean'];
const MORE_KEYS = ['rivalRequests', 'rivalP50', 'webhookRequests', 'webhookDayMost', 'webhookEventP50', 'webhookP50', 'never'];
const FAULT_KEYS = [
  'outageRecovered',
  'outageExtra',
  'silenceUnnoticed',
  'silenceNoticed',
  'silenceNoticedMost',
  'silenceMax',
  'silenceAfter',
  'silenceP50',
];

function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8').replaceAll('\r\n', '\n');
}

describe('benchmark results of freshness', () => {
  const results = JSON.parse(textOf('bench/freshness-results.json')) as FreshnessResults; // written by bench/freshness/main.ts; checked below

  it('hold a figure for everything that is promised to be measured, over sixty days', () => {
    const keys = results.figures.map(({ key }) => key);
    assert.deepEqual(
      [...KEYS, ...ORACLE_KEYS, ...MORE_KEYS, ...FAULT_KEYS].filter((key) => !keys.includes(key)),
      [],
    );
    assert.equal(new Set(keys).size, keys.length);
    assert.ok(results.days >= 60);
    assert.ok(results.figures.every(({ value }) => Number.isFinite(value)));
  });

  it('are of every person and every way that makes sense with it', () => {
    for (const { key, silences } of SCENARIOS) {
      const ways = results.rows.filter(({ person }) => person === key).map(({ strategy }) => strategy);
      assert.deepEqual(ways, silences.length === 0 ? ['every-5', 'every-15', 'polling', 'webhooks'] : ['webhooks']);
      for (const curve of [results.curves[key]?.law ?? [], results.curves[key]?.day ?? []]) assert.ok(curve.length > 5, key);
    }
  });

  it('have a date and a version of Node.js, and delays that are none of the future', () => {
    assert.match(results.date, /^\d{4}-\d\d-\d\d$/);
    assert.match(results.node, /^v\d+\.\d+\.\d+$/);
    for (const { waking, all } of results.rows) assert.ok(all.p50 >= 0 && waking.count > 500);
  });

  it('need no fewer requests of the oracle than of the one that knows the day as well, for the same mean delay', () => {
    for (const { person, strategy, oracle } of results.rows) {
      assert.ok((oracle.law.mean ?? Infinity) >= (oracle.day.mean ?? 0), `${person} ${strategy}`);
    }
  });

  it('are the ones that the documentation and its picture show', () => {
    assert.equal(textOf('docs/benchmarks-freshness.md'), freshnessDoc(results));
    assert.equal(textOf('docs/benchmarks-freshness.svg'), freshnessPlot(results));
  });
});
