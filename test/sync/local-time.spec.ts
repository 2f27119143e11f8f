import assert from 'node:assert/strict';
import { localTime } from '../../lib/sync/local-time';

describe('the local day and hour of an instant', () => {
  for (const [instant, zone, day, hour] of [
    ['2026-01-31T23:30:00Z', 'UTC', '2026-01-31', 23],
    ['2026-01-31T23:30:00Z', 'Europe/Berlin', '2026-02-01', 0],
    ['2026-01-31T23:30:00Z', 'UTC-9:30', '2026-01-31', 14],
    ['2026-03-29T00:59:00Z', 'Europe/Berlin', '2026-03-29', 1], // then the clock jumps
    ['2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29', 3],
  ] as const) {
    it(`at ${instant} in ${zone} are ${day} and ${hour}`, () => {
      assert.deepEqual(localTime(Date.parse(instant), zone), { day, hour });
    });
  }
});
