import assert from 'node:assert/strict';
import type { Body } from '../../../lib/catalogue/metric';
import { METRICS } from '../../../lib/catalogue/metrics';
import { awakenings } from '../../../lib/catalogue/readers/awakenings';
import { highestHrv } from '../../../lib/catalogue/readers/highest-hrv';
import { lowestHeartRateTime } from '../../../lib/catalogue/readers/lowest-heart-rate-time';
import { remLatency } from '../../../lib/catalogue/readers/rem-latency';
import { restlessPerHour } from '../../../lib/catalogue/readers/restless-per-hour';
import { sleepKind } from '../../../lib/catalogue/readers/sleep-kind';
import { sleepMidpoint } from '../../../lib/catalogue/readers/sleep-midpoint';
import { sleepOnset } from '../../../lib/catalogue/readers/sleep-onset';
import { wakeAfterSleepOnset } from '../../../lib/catalogue/readers/wake-after-sleep-onset';
import { wakeUpTime } from '../../../lib/catalogue/readers/wake-up-time';

/** 84 five-minute epochs: 7 h in the night of the clock change in Helsinki. All expectations are counted by hand from this. */
const STAGES = [
  '44',
  '2222222222',
  '111111111111',
  '4',
  '22222222222222222222',
  '44',
  '333333333333',
  '2222222222222222222222',
  '444',
].join('');
const night: Body = Object.freeze({
  type: 'long_sleep',
  day: '2026-03-29',
  bedtime_start: '2026-03-28T23:00:00.000+02:00',
  bedtime_end: '2026-03-29T07:00:00.000+03:00',
  time_in_bed: 25_200,
  total_sleep_duration: 22_800,
  deep_sleep_duration: 3_600,
  light_sleep_duration: 15_600,
  rem_sleep_duration: 3_600,
  awake_time: 2_400,
  latency: 600,
  restless_periods: 38,
  sleep_phase_5_min: STAGES,
  heart_rate: { interval: 300, items: [null, 58, 55, 52, 54, 52, null, 57], timestamp: '2026-03-28T23:00:00.000+02:00' },
  hrv: {
    interval: 300,
    items: [null, 40, 44, 42, 38, 46, 36, null, 50, 54, 62, 58, null, 60, 64, 72],
    timestamp: '2026-03-28T23:00:00.000+02:00',
  },
});

describe('readers of one sleep', () => {
  it('places onset, waking and midpoint by the stages, on instants, over the clock change', () => {
    assert.equal(sleepOnset(night), '2026-03-28T23:10:00+02:00');
    assert.equal(wakeUpTime(night), '2026-03-29T06:45:00+03:00');
    assert.equal(sleepMidpoint(night), '2026-03-29T03:27:30+03:00'); // 21:10Z .. 03:45Z is 6 h 35 min, half of it 3 h 17.5 min
  });

  it('falls back to latency and bedtime end without stages', () => {
    const plain = { ...night, sleep_phase_5_min: null };
    assert.equal(sleepOnset(plain), '2026-03-28T23:10:00+02:00');
    assert.equal(wakeUpTime(plain), '2026-03-29T07:00:00+03:00');
    assert.equal(sleepOnset({ ...plain, latency: 0 }), '2026-03-28T23:00:00+02:00');
    assert.equal(sleepOnset({ ...plain, latency: null }), null);
    assert.equal(sleepOnset({ ...plain, latency: 90_000 }), null); // longer than the night
  });

  it('uses the 30-second stages where there are any', () => {
    const short = {
      ...night,
      bedtime_start: '2026-05-01T00:00:00+03:00',
      bedtime_end: '2026-05-01T00:05:00+03:00',
      sleep_phase_30_sec: '4443322244',
    };
    assert.equal(sleepOnset(short), '2026-05-01T00:01:30+03:00');
    assert.equal(wakeUpTime(short), '2026-05-01T00:04:00+03:00');
    assert.equal(wakeUpTime({ ...short, sleep_phase_30_sec: '4244444444' }), '2026-05-01T00:01:00+03:00');
    assert.equal(remLatency(short), 0);
    assert.equal(wakeAfterSleepOnset({ ...short, sleep_phase_30_sec: '4142414244' }), 90); // 3 epochs between the first and the last asleep
  });

  it('does not let a last, partial epoch end after the bedtime does', () => {
    assert.equal(wakeUpTime({ ...night, bedtime_end: '2026-03-29T06:43:10+03:00' }), '2026-03-29T06:43:10+03:00');
  });

  it('crosses time zones in flight: both ends keep their own offset', () => {
    const flight = { bedtime_start: '2026-05-01T23:00:00+03:00', bedtime_end: '2026-05-02T00:00:00-04:00', latency: 0 }; // 8 h
    assert.equal(sleepMidpoint(flight), '2026-05-01T20:00:00-04:00');
  });

  it('counts awakenings and the time awake between onset and waking', () => {
    assert.equal(awakenings(night), 2);
    assert.equal(wakeAfterSleepOnset(night), 900);
    assert.equal(awakenings({ ...night, sleep_phase_5_min: '42214' }), 0);
    assert.equal(awakenings({ ...night, sleep_phase_5_min: '4444' }), null); // nobody slept
    assert.equal(awakenings({ ...night, sleep_phase_5_min: null, sleep_phase_30_sec: '424242' }), null);
  });

  it('measures REM latency from falling asleep', () => {
    assert.equal(remLatency(night), 13_500); // 45 epochs of 5 min
    assert.equal(remLatency({ ...night, sleep_phase_5_min: '4221224' }), null);
  });

  it('divides stages by the time asleep, awake time by the time in bed', () => {
    assert.equal(METRICS.deep_sleep_percentage.read(night), 15.79); // 3600 / 22800
    assert.equal(METRICS.light_sleep_percentage.read(night), 68.42);
    assert.equal(METRICS.rem_sleep_percentage.read(night), 15.79);
    assert.equal(METRICS.awake_percentage.read(night), 9.52);
    assert.equal(METRICS.deep_sleep_percentage.read({ ...night, deep_sleep_duration: 0 }), 0);
    assert.equal(METRICS.deep_sleep_percentage.read({ ...night, total_sleep_duration: 0 }), null);
    assert.equal(restlessPerHour(night), 6); // 38 in 6 h 20 min
  });

  it('finds the first lowest heart rate, gaps left out', () => {
    assert.equal(lowestHeartRateTime(night), '2026-03-28T23:15:00+02:00');
    assert.equal(
      lowestHeartRateTime({ ...night, heart_rate: { interval: 300, items: [null, null], timestamp: '2026-03-28T23:00:00+02:00' } }),
      null,
    );
    assert.equal(lowestHeartRateTime({ ...night, heart_rate: { interval: 0, items: [50], timestamp: '2026-03-28T23:00:00+02:00' } }), null);
  });

  it('reads highest HRV and the means of both halves', () => {
    assert.equal(highestHrv(night), 72);
    assert.equal(METRICS.hrv_first_half.read(night), 41); // 40 44 42 38 46 36
    assert.equal(METRICS.hrv_second_half.read(night), 60); // 50 54 62 58 60 64 72
    const few = { ...night, hrv: { interval: 300, items: [40, 50], timestamp: '2026-03-28T23:00:00+02:00' } };
    assert.equal(METRICS.hrv_first_half.read(few), null);
  });

  it('LESSON: awake_time, latency, deep_sleep_duration of 0 are values', () => {
    const perfect = { ...night, awake_time: 0, latency: 0, deep_sleep_duration: 0 };
    assert.deepEqual(
      [METRICS.awake_time.read(perfect), METRICS.latency.read(perfect), METRICS.deep_sleep_duration.read(perfect)],
      [0, 0, 0],
    );
  });

  it('counts long_sleep as a night, sleep and late_nap as naps, rest, deleted and unknown types as nothing', () => {
    const kinds = ['long_sleep', 'sleep', 'late_nap', 'rest', 'deleted', 'siesta', 'constructor', null].map((type) => sleepKind({ type }));
    assert.deepEqual(kinds, ['long', 'nap', 'nap', null, null, null, null, null]);
  });
});
