import assert from 'node:assert/strict';
import { DateTime } from 'luxon';
import { bodies, bodyOf, DAY, HOUR, personOf, type ActivityFields } from './support';

const FROM = Date.parse('2023-05-30T00:00:00Z');
const TO = FROM + 500 * DAY;

function count(text: string, digit: number): number {
  return text.split(String(digit)).length - 1;
}

describe('a simulated activity day', () => {
  const patient = personOf('demo');
  const days = bodies(patient, 'daily_activity', [FROM, TO, TO]);

  it('has class times that are the counts of class_5_min and add up to the minutes of met', () => {
    for (const day of days) {
      const times = [
        day.non_wear_time,
        day.resting_time,
        day.sedentary_time,
        day.low_activity_time,
        day.medium_activity_time,
        day.high_activity_time,
      ];
      times.forEach((seconds, digit) => {
        assert.equal(seconds, 300 * count(day.class_5_min, digit), day.day);
      });
      assert.equal(
        times.reduce((a, b) => a + b, 0),
        60 * day.met.items.length,
      );
      assert.equal(day.met.interval, 60);
    }
  });

  it('has met values that fit the class of their five minutes', () => {
    const limits = [
      [0, 0.5],
      [0.5, 1.05],
      [1, 1.5],
      [1.5, 3],
      [3, 6],
      [6, 16],
    ] as const;
    for (const day of days.slice(0, 60)) {
      day.met.items.forEach((met, minute) => {
        const [low, high] = limits[Number(day.class_5_min[Math.floor(minute / 5)])] ?? [Number.NaN, Number.NaN];
        assert.ok(met !== null && met >= low && met <= high, `${day.day} ${minute} ${met}`);
      });
    }
  });

  it('begins at 04:00 local and lasts to the next 04:00: 1440 minutes, 1380 and 1500 when the clock changes', () => {
    const atHome = bodies(personOf('at-home'), 'daily_activity', [FROM, TO, TO]);
    const lengths = new Map(atHome.map((day) => [day.day, day.met.items.length]));
    assert.equal(lengths.get('2024-03-29'), 1440);
    assert.equal(lengths.get('2024-03-30'), 1380); // Helsinki loses an hour at 03:00 on the 31st
    assert.equal(lengths.get('2023-10-28'), 1500);
    for (const day of days) {
      assert.match(day.timestamp, new RegExp(`^${day.day}T04:00:00[+-]`));
      assert.equal(Date.parse(day.met.timestamp), Date.parse(day.timestamp));
    }
  });

  it('burns and walks within what people do', () => {
    for (const day of days) {
      assert.ok(day.steps >= 0 && day.steps < 45_000);
      assert.ok(day.total_calories > day.active_calories + 800 && day.total_calories < 6000);
    }
  });

  it('grows with each sync while under way: the newer version continues the older one', () => {
    const noon = Date.parse('2024-05-15T09:00:00Z');
    let before: ActivityFields | null = null;
    let versions = 0;
    for (let now = noon - 8 * HOUR; now < noon + 30 * HOUR; now += HOUR / 4) {
      const [document] = patient.documents('daily_activity', noon - 8 * HOUR, noon - 8 * HOUR, now);
      if (document === undefined) continue;
      const day = bodyOf('daily_activity', document);
      assert.ok(document.visibleAt <= now);
      assert.ok(day.met.items.length * 60_000 <= Math.max(0, document.visibleAt - Date.parse(day.timestamp)));
      if (before !== null) {
        assert.deepEqual(day.met.items.slice(0, before.met.items.length), before.met.items);
        assert.ok(day.class_5_min.startsWith(before.class_5_min));
        assert.ok(day.steps >= before.steps);
        if (day.met.items.length > before.met.items.length) versions += 1;
      }
      const hours = day.met.items.length / 60;
      assert.equal(day.score === null, hours < 13.99);
      before = day;
    }
    assert.ok(versions >= 3);
    assert.equal(before?.met.items.length, 1440);
  });

  it('covers the time without gap or overlap even when the person flies elsewhere', () => {
    let end: number | null = null;
    let flights = 0;
    let last = '';
    for (const day of days) {
      const start = Date.parse(day.timestamp);
      const next = DateTime.fromISO(last).plus({ days: 1 }).toISODate();
      if (end !== null && day.day === next) assert.equal(start, end);
      end = start + day.met.items.length * 60_000;
      last = day.day;
      if (![1380, 1440, 1500].includes(day.met.items.length)) flights += 1;
    }
    assert.ok(flights >= 2);
  });
});
