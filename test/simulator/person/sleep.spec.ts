import assert from 'node:assert/strict';
import { DateTime } from 'luxon';
import { bodies, DAY, known, personOf, type SleepFields } from './support';

const FROM = Date.parse('2023-05-30T00:00:00Z');
const TO = FROM + 800 * DAY;

function sleepsOf(seed: string): readonly SleepFields[] {
  return bodies(personOf(seed), 'sleep', [FROM, TO, TO]);
}

function count(text: string, digit: string): number {
  return text.split(digit).length - 1;
}

describe('a simulated sleep', () => {
  const sleeps = ['demo', 'sleep-2'].flatMap(sleepsOf);

  it('has durations that are the counts of its 30-second phases', () => {
    for (const sleep of sleeps) {
      const phases = sleep.sleep_phase_30_sec;
      assert.equal(30 * phases.length, sleep.time_in_bed);
      assert.equal(30 * count(phases, '1'), sleep.deep_sleep_duration);
      assert.equal(30 * count(phases, '2'), sleep.light_sleep_duration);
      assert.equal(30 * count(phases, '3'), sleep.rem_sleep_duration);
      assert.equal(30 * count(phases, '4'), sleep.awake_time);
      assert.equal(sleep.deep_sleep_duration + sleep.light_sleep_duration + sleep.rem_sleep_duration, sleep.total_sleep_duration);
      assert.equal(sleep.total_sleep_duration + sleep.awake_time, sleep.time_in_bed);
      assert.equal(sleep.latency, 30 * (/^4*/.exec(phases)?.[0].length ?? 0));
      assert.equal(sleep.efficiency, Math.round((100 * sleep.total_sleep_duration) / sleep.time_in_bed));
    }
  });

  it('has 5-minute phases within ten minutes of the durations', () => {
    for (const sleep of sleeps) {
      const phases = sleep.sleep_phase_5_min;
      assert.equal(phases.length, Math.ceil(sleep.time_in_bed / 300));
      const durations = [sleep.deep_sleep_duration, sleep.light_sleep_duration, sleep.rem_sleep_duration, sleep.awake_time];
      durations.forEach((seconds, i) => {
        assert.ok(Math.abs(300 * count(phases, String(i + 1)) - seconds) <= 600, `${sleep.day} ${i + 1}`);
      });
    }
  });

  it('lasts from bedtime_start to bedtime_end, also over a change of the clock', () => {
    for (const sleep of sleeps) {
      assert.equal((Date.parse(sleep.bedtime_end) - Date.parse(sleep.bedtime_start)) / 1000, sleep.time_in_bed);
      assert.equal(sleep.movement_30_sec.length, sleep.sleep_phase_30_sec.length);
      assert.match(sleep.movement_30_sec, /^[1-4]+$/);
    }
    const spring = sleepsOf('at-home').find((sleep) => sleep.day === '2024-03-31' && sleep.type === 'long_sleep');
    assert.match(spring?.bedtime_start ?? '', /\+02:00$/);
    assert.match(spring?.bedtime_end ?? '', /\+03:00$/);
  });

  it('has samples every five minutes from bedtime_start, with milliseconds and offset, with gaps, or none at all', () => {
    for (const { heart_rate: heart, hrv, ...sleep } of sleeps) {
      if (heart === null || hrv === null) {
        assert.deepEqual(
          [heart, hrv, sleep.average_heart_rate, sleep.average_hrv, sleep.lowest_heart_rate],
          [null, null, null, null, null],
        );
        continue;
      }
      assert.equal(heart.interval, 300);
      assert.match(heart.timestamp, /T\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/);
      assert.equal(Date.parse(heart.timestamp), Date.parse(sleep.bedtime_start));
      assert.equal(heart.timestamp.slice(-6), sleep.bedtime_start.slice(-6));
      assert.equal(heart.items.length, Math.ceil(sleep.time_in_bed / 300));
      assert.equal(hrv.items.length, heart.items.length);
      const [beats, variability] = [known(heart.items), known(hrv.items)];
      assert.ok(Math.abs(beats.reduce((a, b) => a + b, 0) / beats.length - (sleep.average_heart_rate ?? Number.NaN)) < 0.001);
      assert.equal(sleep.average_hrv, Math.round(variability.reduce((a, b) => a + b, 0) / variability.length));
      assert.ok((sleep.lowest_heart_rate ?? Number.NaN) <= Math.min(...beats));
    }
    assert.ok(sleeps.some((sleep) => sleep.heart_rate?.items.slice(2, -2).includes(null)));
  });

  it('does not overlap another', () => {
    for (const seed of ['sleep-3', 'sleep-4']) {
      for (const zone of ['Europe/Helsinki', 'America/New_York', 'Pacific/Auckland']) {
        const patient = personOf(seed, { zone });
        let end = 0;
        for (const sleep of bodies(patient, 'sleep', [FROM, TO, TO])) {
          assert.ok(Date.parse(sleep.bedtime_start) > end, `${seed} ${zone} ${sleep.day}`);
          end = Date.parse(sleep.bedtime_end);
        }
      }
    }
  });

  it('counts for the day of waking, or for the next when it ended after 18:00', () => {
    for (const sleep of sleeps) {
      const end = DateTime.fromISO(sleep.bedtime_end, { setZone: true });
      const day = end.hour >= 18 ? end.plus({ days: 1 }) : end;
      assert.equal(sleep.day, day.toISODate());
      if (sleep.type === 'late_nap') assert.ok(end.hour >= 18);
      if (sleep.type === 'sleep' || sleep.type === 'late_nap') assert.ok(sleep.time_in_bed >= 15 * 60 && sleep.time_in_bed <= 3 * 3600);
      if (sleep.type === 'long_sleep') assert.ok(sleep.total_sleep_duration > 3 * 3600);
    }
  });

  it('is numbered in order of time within its day', () => {
    const seen = new Map<string, number>();
    for (const sleep of sleepsOf('demo')) {
      const before = seen.get(sleep.day) ?? 0;
      assert.equal(sleep.period, before);
      seen.set(sleep.day, before + 1);
    }
    assert.ok([...seen.values()].some((count) => count > 1));
  });
});
