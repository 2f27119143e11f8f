import assert from 'node:assert/strict';
import { DateTime } from 'luxon';
import type { Body, Documents, StoredDocument } from '../../lib/ports/documents';
import { personZone } from '../../lib/sync/person-zone';

const stored = (endpoint: string, day: string, body: Body): StoredDocument => ({
  endpoint,
  id: `${endpoint}-${day}`,
  provisional: false,
  day,
  start: null,
  end: null,
  body,
  seenAt: 0,
  changedAt: 0,
});

/** A copy that holds at most one sleep and one activity. */
const copyOf = (...documents: readonly StoredDocument[]): Pick<Documents, 'newest'> => ({
  newest: (endpoint) => documents.find((one) => one.endpoint === endpoint) ?? null,
});
const sleep = (day: string, bedtimeEnd: unknown): StoredDocument => stored('sleep', day, { bedtime_end: bedtimeEnd });
const activity = (day: string, timestamp: string): StoredDocument => stored('daily_activity', day, { timestamp });

/** The offset `hours` off the machine's at that moment, as ISO text and as a zone. */
function foreign(at: string, hours: number): { readonly text: string; readonly minutes: number } {
  const minutes = DateTime.fromISO(at).offset + hours * 60;
  const time = DateTime.fromISO(at, { zone: `UTC${minutes < 0 ? '-' : '+'}${String(Math.floor(Math.abs(minutes) / 60))}` });
  return { text: time.toISO() ?? '', minutes: time.offset };
}

describe('zone of a person', () => {
  it('is what the person chose', () => {
    assert.equal(personZone('Asia/Tokyo', copyOf(sleep('2026-03-15', '2026-03-15T06:30:00+02:00'))), 'Asia/Tokyo');
  });

  it('is not a choice that no machine knows', () => {
    assert.equal(personZone('Mars/Olympus', copyOf()), 'system');
  });

  it("is the system's while nothing is known", () => {
    assert.equal(personZone('', copyOf()), 'system');
    assert.equal(personZone('', copyOf(sleep('2026-03-15', null))), 'system');
    assert.equal(personZone('', copyOf(sleep('2026-03-15', 'this morning'))), 'system');
  });

  it("is the system's, with its clock changes, when the person slept where the system is", () => {
    const here = DateTime.fromISO('2026-01-15T06:30:00').toISO() ?? '';
    assert.equal(personZone('', copyOf(sleep('2026-01-15', here))), 'system');
  });

  it('is the offset of the newest sleep elsewhere', () => {
    const { text, minutes } = foreign('2026-03-15T06:30:00', 3);
    const zone = personZone('', copyOf(sleep('2026-03-15', text)));
    assert.equal(DateTime.fromISO('2026-03-15T06:30:00', { zone }).offset, minutes);
  });

  it('is the offset of an activity that is newer than the sleep, and of the sleep where both are of one day', () => {
    const there = foreign('2026-03-16T04:00:00', 5);
    const before = foreign('2026-03-15T06:30:00', 3);
    const offset = (zone: string): number => DateTime.fromISO('2026-03-16T04:00:00', { zone }).offset;
    assert.equal(offset(personZone('', copyOf(sleep('2026-03-15', before.text), activity('2026-03-16', there.text)))), there.minutes);
    assert.equal(offset(personZone('', copyOf(sleep('2026-03-16', before.text), activity('2026-03-16', there.text)))), before.minutes);
    assert.equal(offset(personZone('', copyOf(activity('2026-03-16', there.text)))), there.minutes);
  });

  for (const [text, zone] of [
    ['2026-03-15T06:30:00+05:45', 'UTC+5:45'],
    ['2026-03-15T06:30:00-03:30', 'UTC-3:30'],
    ['2026-03-15T06:30:00.000+13:00', 'UTC+13'],
  ] as const) {
    it(`names the offset of ${text} so that days can be counted in it`, () => {
      assert.equal(personZone('', copyOf(sleep('2026-03-15', text))), zone);
      assert.equal(DateTime.fromISO('2026-03-15T00:00', { zone }).isValid, true);
    });
  }
});
