import assert from 'node:assert/strict';
import { ZoneOffsets } from '../../../lib/simulator/person/zone-offsets';

const HOUR = 3_600_000;

/** Expected instants by hand from the published changes of each zone. */
const CASES = [
  { zone: 'Europe/Helsinki', wall: '2024-03-31T02:59', instant: '2024-03-31T00:59Z' },
  { zone: 'Europe/Helsinki', wall: '2024-03-31T04:00', instant: '2024-03-31T01:00Z' },
  { zone: 'Africa/Cairo', wall: '2024-04-26T00:00', instant: '2024-04-25T22:00Z' }, // midnight is skipped: the day begins at 01:00
  { zone: 'America/Santiago', wall: '2024-09-08T00:00', instant: '2024-09-08T04:00Z' }, // the same west of Greenwich
  { zone: 'Australia/Lord_Howe', wall: '2024-04-07T04:00', instant: '2024-04-06T17:30Z' }, // half an hour of DST
  { zone: 'Asia/Kathmandu', wall: '2024-01-01T00:00', instant: '2023-12-31T18:15Z' },
] as const;

describe('wall times of simulated people', () => {
  for (const { zone, wall, instant } of CASES) {
    it(`${wall} in ${zone} is ${instant}`, () => {
      assert.equal(new ZoneOffsets(zone).instant(Date.parse(`${wall}Z`)), Date.parse(instant));
    });
  }

  it('changes the offset at the very second of the change', () => {
    const offsets = new ZoneOffsets('Europe/Helsinki');
    const change = Date.parse('2024-03-31T01:00Z');
    assert.deepEqual([offsets.at(change - 1), offsets.at(change)], [2 * HOUR, 3 * HOUR]);
  });
});
