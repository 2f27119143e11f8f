import assert from 'node:assert/strict';
import type { Body } from '../../lib/ports/documents';
import { ChangeReader } from '../../lib/sources/change-reader';
import { createMemoryStore } from '../../lib/store/memory-store';
import { StoreKeeper } from '../../lib/sync/store-keeper';
import { MemoryLogger } from '../store/support/memory-logger';
import { heartRate } from '../support/days';

const NOW = Date.parse('2026-03-15T12:00:00Z');

describe('rows of a series, as they are told', () => {
  let keeper: StoreKeeper;
  let reader: ChangeReader;
  let told: (readonly unknown[])[];

  beforeEach(() => {
    const store = createMemoryStore();
    keeper = new StoreKeeper({ opened: { store, notice: null }, toMemory: () => store, logger: new MemoryLogger() });
    reader = new ChangeReader(keeper, { reader: 'node', endpoint: 'heartrate', history: false }, NOW);
    told = [];
  });

  const append = (at: number, ...rows: readonly (readonly [string, number])[]): void => {
    const incoming = rows.map(([time, bpm]) => heartRate(`2026-03-15T${time}:00.000Z`, bpm).body);
    const placed = incoming.map((body) => ({ time: Date.parse(String(body['timestamp'])), body }));
    keeper.current.series.append('heartrate', placed, { via: 'poll', historic: false, at });
  };
  const pull = (): void => {
    reader.pull(NOW, ({ payload }) => told.push((payload as readonly Body[]).map(({ bpm }) => bpm)));
  };

  it('are one message per sync, however many transactions a sync took, also when several syncs wait to be told', () => {
    append(NOW - 3000, ['10:00', 60]);
    append(NOW - 3000, ['10:05', 61]);
    append(NOW - 2000, ['10:10', 62]);
    append(NOW - 1000, ['10:15', 63], ['10:20', 64]);
    pull();
    assert.deepEqual(told, [[60, 61], [62], [63, 64]]);
  });

  it('are told once when they were amended before anybody listened, and never as an empty list', () => {
    append(NOW - 3000, ['10:00', 60]);
    append(NOW - 2000, ['10:00', 99]);
    pull();
    assert.deepEqual(told, [[99]]);
    pull();
    assert.deepEqual(told, [[99]]);
  });
});
