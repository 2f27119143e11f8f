import assert from 'node:assert/strict';
import { parseMoment } from '../../../lib/simulator/server/parse-moment';
import { Zone } from '../../../lib/simulator/server/zone';

const iso = (ms: number): string => new Date(ms).toISOString();

describe('the zone of a simulated person', () => {
  // Offsets from the IANA database: Helsinki +2, summer +3 (29 March to 25 October 2026); Havana changes at midnight.
  for (const [name, day, hours, expected] of [
    ['Europe/Helsinki', '2026-01-15', 0, '2026-01-14T22:00:00.000Z'],
    ['Europe/Helsinki', '2026-07-15', 4, '2026-07-15T01:00:00.000Z'],
    ['Europe/Helsinki', '2026-03-29', 0, '2026-03-28T22:00:00.000Z'],
    ['Europe/Helsinki', '2026-03-29', 4, '2026-03-29T01:00:00.000Z'],
    ['Europe/Helsinki', '2026-10-25', 0, '2026-10-24T21:00:00.000Z'],
    ['Europe/Helsinki', '2026-10-25', 4, '2026-10-25T02:00:00.000Z'],
    ['America/Havana', '2026-03-08', 0, '2026-03-08T05:00:00.000Z'],
    ['Asia/Kathmandu', '2026-06-01', 0, '2026-05-31T18:15:00.000Z'],
    ['UTC', '2026-06-01', 0, '2026-06-01T00:00:00.000Z'],
  ] as const) {
    it(`begins ${day} plus ${hours} hours in ${name} at ${expected}`, () => {
      assert.equal(iso(new Zone(name).startOf(day, hours)), expected);
    });
  }

  it('names the day at an instant', () => {
    const zone = new Zone('Europe/Helsinki');
    assert.equal(zone.dayOf(Date.parse('2026-01-14T21:59:59.999Z')), '2026-01-14');
    assert.equal(zone.dayOf(Date.parse('2026-01-14T22:00:00Z')), '2026-01-15');
  });
});

describe('a date or time in the query', () => {
  const zone = new Zone('Europe/Helsinki');
  for (const [text, expected] of [
    ['2026-11-24', '2026-11-23T22:00:00.000Z'],
    ['2026-11-24T08:30', '2026-11-24T06:30:00.000Z'],
    ['2026-11-24T08:30:15', '2026-11-24T06:30:15.000Z'],
    ['2026-11-24 08:30:15.250', '2026-11-24T06:30:15.250Z'],
    ['2026-11-24T08:30:15Z', '2026-11-24T08:30:15.000Z'],
    ['2026-11-24T08:30:15+0100', '2026-11-24T07:30:15.000Z'],
    ['2026-11-24T08:30:15-05:00', '2026-11-24T13:30:15.000Z'],
    ['1', '1970-01-01T00:00:01.000Z'],
    ['1795507200', '2026-11-24T08:00:00.000Z'],
    ['1795507200000', '2026-11-24T08:00:00.000Z'],
    ['0024-11-11', '0024-11-11T00:00:00.000Z'],
  ] as const) {
    it(`reads ${text}`, () => {
      assert.equal(iso(parseMoment(text, zone)?.ms ?? Number.NaN), expected);
    });
  }

  for (const text of ['nonsense', '', '2026-13-01', '2026-02-30', '2026-11-24T25:00:00', '2026-11-24T08:00:00 02:00', '24.11.2026']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(parseMoment(text, zone), null);
    });
  }
});
