import assert from 'node:assert/strict';
import { instantOf } from '../../lib/api/instant-of';

describe('a date-time of the API', () => {
  for (const [text, ms] of [
    ['2026-03-15T08:00:00Z', Date.UTC(2026, 2, 15, 8)],
    ['2026-03-15T08:00:00.500+02:00', Date.UTC(2026, 2, 15, 6, 0, 0, 500)],
    [' 2026-03-15T08:00:00-0330 ', Date.UTC(2026, 2, 15, 11, 30)],
    ['2026-03-15T08:00:00', Date.UTC(2026, 2, 15, 8)],
    ['2026-03-15T08:00:00.123456', Date.UTC(2026, 2, 15, 8, 0, 0, 123)],
    ['', null],
    ['soon', null],
  ] as const) {
    it(`is read from "${text}", a missing zone as UTC`, () => {
      assert.equal(instantOf(text), ms);
    });
  }
});
