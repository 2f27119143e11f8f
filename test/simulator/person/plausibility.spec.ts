import assert from 'node:assert/strict';
import { DateTime } from 'luxon';
import { bodies, correlation, DAY, known, mean, personOf, type ReadinessFields, type SleepFields } from './support';

const FROM = Date.parse('2023-05-30T00:00:00Z');
const TO = FROM + 731 * DAY;
const SEEDS = ['demo', 'plausible-1', 'plausible-2'] as const;

/** Main nights of a person by day. */
function nightsOf(seed: string): ReadonlyMap<string, SleepFields> {
  const sleeps = bodies(personOf(seed), 'sleep', [FROM, TO, TO]);
  return new Map(sleeps.filter(({ type }) => type === 'long_sleep').map((sleep) => [sleep.day, sleep]));
}

function readinessOf(seed: string): readonly ReadinessFields[] {
  return bodies(personOf(seed), 'daily_readiness', [FROM, TO, TO]);
}

function before(day: string): string {
  return DateTime.fromISO(day).minus({ days: 1 }).toISODate() ?? '';
}

describe('a simulated life is plausible', () => {
  for (const seed of SEEDS) {
    const nights = nightsOf(seed);
    const readiness = readinessOf(seed);

    it(`${seed}: nights lie within what adults have`, () => {
      const list = [...nights.values()];
      const hours = mean(list.map((night) => night.total_sleep_duration / 3600));
      assert.ok(hours > 6.3 && hours < 8.6, `${hours} h`);
      for (const night of list) {
        assert.ok(night.efficiency >= 60 && night.efficiency <= 100);
        assert.ok(night.time_in_bed > 3.5 * 3600 && night.time_in_bed < 12 * 3600);
        if (night.average_hrv !== null) assert.ok(night.average_hrv >= 10 && night.average_hrv <= 150);
        if (night.lowest_heart_rate !== null) assert.ok(night.lowest_heart_rate >= 36 && night.lowest_heart_rate <= 85);
      }
      const share = (field: 'deep_sleep_duration' | 'rem_sleep_duration'): number =>
        mean(list.map((night) => night[field] / night.total_sleep_duration));
      assert.ok(share('deep_sleep_duration') > 0.1 && share('deep_sleep_duration') < 0.22);
      assert.ok(share('rem_sleep_duration') > 0.15 && share('rem_sleep_duration') < 0.28);
    });

    it(`${seed}: a short night goes with lower readiness`, () => {
      const pairs = readiness.flatMap(({ day, score }): [number, number][] => {
        const night = nights.get(day);
        return night === undefined || score === null ? [] : [[night.total_sleep_duration, score]];
      });
      assert.ok(correlation(pairs) > 0.3, `r ${correlation(pairs)}`);
    });

    it(`${seed}: heart rate and HRV move against each other`, () => {
      const pairs = [...nights.values()].flatMap(({ average_hrv: hrv, average_heart_rate: heart }): [number, number][] =>
        hrv === null || heart === null ? [] : [[heart, hrv]],
      );
      assert.ok(correlation(pairs) < -0.4, `r ${correlation(pairs)}`);
    });

    it(`${seed}: after a short night the heart beats faster in the next`, () => {
      const pairs = [...nights.values()].flatMap(({ day, lowest_heart_rate: heart }): [number, number][] => {
        const last = nights.get(before(day));
        return last === undefined || heart === null ? [] : [[last.total_sleep_duration, heart]];
      });
      assert.ok(correlation(pairs) < -0.1, `r ${correlation(pairs)}`);
    });

    it(`${seed}: workouts make an active day and a faster heart in the night after`, () => {
      const patient = personOf(seed);
      const hard = new Set(
        bodies(patient, 'workout', [FROM, TO, TO])
          .filter(({ intensity }) => intensity !== 'easy')
          .map(({ day }) => day),
      );
      const split = (values: readonly (readonly [string, number])[]): number => {
        const part = (wanted: boolean): number => mean(values.filter(([day]) => hard.has(day) === wanted).map(([, value]) => value));
        return part(true) - part(false);
      };
      const active = bodies(patient, 'daily_activity', [FROM, TO, TO]);
      assert.ok(split(active.map((one) => [one.day, one.active_calories])) > 150);
      const hearts = [...nights.values()].flatMap(({ day, lowest_heart_rate: heart }): [string, number][] =>
        heart === null ? [] : [[before(day), heart]],
      );
      assert.ok(split(hearts) > 0.5, `${split(hearts)} bpm`);
    });

    it(`${seed}: bedtime is later before free days`, () => {
      const clock = (text: string): number => {
        const time = DateTime.fromISO(text, { setZone: true });
        return ((time.hour + time.minute / 60 + 12) % 24) - 12; // hours from midnight
      };
      const of = (weekend: boolean): number =>
        mean(
          [...nights.values()]
            .filter(({ day }) => DateTime.fromISO(day).weekday >= 6 === weekend)
            .map((night) => clock(night.bedtime_start)),
        );
      assert.ok(of(true) - of(false) > 0.4 && of(true) - of(false) < 2.5);
    });

    it(`${seed}: every two to three months an illness shows in temperature, heart rate and HRV for days`, () => {
      const fever = readiness.filter(({ temperature_deviation: deviation }) => deviation !== null && deviation > 0.65);
      const episodes = fever.filter(
        ({ day }, i) => i === 0 || DateTime.fromISO(day).diff(DateTime.fromISO(fever[i - 1]?.day ?? ''), 'days').days > 10,
      );
      assert.ok(episodes.length >= 5 && episodes.length <= 12, `${episodes.length} episodes in two years`);
      const ill = fever.flatMap(({ day }) => nights.get(day) ?? []);
      const usual = [...nights.values()];
      const difference = (field: 'lowest_heart_rate' | 'average_hrv'): number =>
        mean(known(ill.map((night) => night[field]))) - mean(known(usual.map((night) => night[field])));
      assert.ok(difference('lowest_heart_rate') > 3, `${difference('lowest_heart_rate')} bpm`);
      assert.ok(difference('average_hrv') < -5, `${difference('average_hrv')} ms`);
    });

    it(`${seed}: readiness remembers yesterday a little, and spreads over the bands`, () => {
      const scores = new Map(readiness.map(({ day, score }) => [day, score]));
      const pairs = readiness.flatMap(({ day, score }): [number, number][] => {
        const last = scores.get(before(day));
        return score === null || last === undefined || last === null ? [] : [[last, score]];
      });
      const r = correlation(pairs);
      assert.ok(r > 0.1 && r < 0.7, `r ${r}`); // 0.32 in one recorded person
      const values = known([...scores.values()]);
      assert.ok(Math.max(...values) >= 85 && Math.min(...values) < 70);
    });

    it(`${seed}: scores are whole numbers from 1 to 100 and contributors from 0 to 100`, () => {
      for (const endpoint of ['daily_sleep', 'daily_readiness', 'daily_activity'] as const) {
        for (const { score, contributors, day } of bodies(personOf(seed), endpoint, [FROM, TO, TO])) {
          if (score !== null) assert.ok(Number.isInteger(score) && score >= 1 && score <= 100, `${endpoint} ${day}`);
          for (const value of known(Object.values(contributors)))
            assert.ok(Number.isInteger(value) && value >= 0 && value <= 100, `${endpoint} ${day}`);
        }
      }
    });
  }
});
