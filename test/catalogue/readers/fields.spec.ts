import assert from 'node:assert/strict';
import fc from 'fast-check';
import { METRICS } from '../../../lib/catalogue/metrics';
import { instantOf } from '../../../lib/catalogue/readers/instant-of';
import { isoOf } from '../../../lib/catalogue/readers/iso-of';
import { openRestMode } from '../../../lib/catalogue/readers/open-rest-mode';

const moment = { today: '2026-11-24', now: Date.parse('2026-11-24T12:00:00Z') };
const activity = { active_calories: 450, target_calories: 500 };

describe('readers of single fields', () => {
  it('takes numbers, texts and flags as they are and nothing for them', () => {
    assert.equal(METRICS.steps.read({ steps: 0 }), 0);
    assert.equal(METRICS.steps.read({ steps: '7000' }), null);
    assert.equal(METRICS.steps.read({ steps: null }), null);
    assert.equal(METRICS.charging.read({ charging: false }), false);
    assert.equal(METRICS.charging.read({ charging: 0 }), null);
    assert.equal(METRICS.sleep_contributor_deep_sleep.read({ contributors: { deep_sleep: 57 } }), 57);
    assert.equal(METRICS.sleep_contributor_deep_sleep.read({ contributors: null }), null);
  });

  it('lets words through that nobody knew when this was written', () => {
    assert.equal(METRICS.resilience_level.read({ level: 'legendary' }), 'legendary');
    assert.equal(METRICS.latest_workout_intensity.read({ intensity: 'extreme' }), 'extreme');
  });

  it('LESSON: spo2 average 0.0 is no data', () => {
    assert.equal(METRICS.spo2_percentage.read({ spo2_percentage: { average: 0 } }), null);
    assert.equal(METRICS.spo2_percentage.read({ spo2_percentage: null }), null);
    assert.equal(METRICS.spo2_percentage.read({ spo2_percentage: { average: 97.3 } }), 97.3);
    assert.equal(METRICS.breathing_disturbance_index.read({ breathing_disturbance_index: 0 }), 0);
  });

  it('takes date-times with and without offset, and nothing else', () => {
    assert.deepEqual(instantOf('2026-03-29T07:00:00.500+03:00'), { ms: 1_774_756_800_500, offset: 180 });
    assert.deepEqual(instantOf('1970-01-01T00:00:01-03:30'), { ms: 12_601_000, offset: -210 });
    assert.deepEqual(instantOf('1970-01-01T00:00:01Z'), { ms: 1000, offset: 0 });
    assert.deepEqual(instantOf('1970-01-01T00:00:01'), { ms: 1000, offset: null });
    for (const wrong of ['1970-01-01', '1970-02-30x', '1970-13-01T00:00:00Z', '1970-01-01T00:00:00+99:00', 'yesterday', ''])
      assert.equal(instantOf(wrong), null);
  });

  it('writes an instant in its own offset so that reading it back gives the same', () => {
    const instants = fc.record({
      ms: fc.integer({ min: 0, max: 4e9 }).map((seconds) => seconds * 1000),
      offset: fc.integer({ min: -720, max: 840 }),
    });
    fc.assert(
      fc.property(instants, (instant) => {
        assert.deepEqual(instantOf(isoOf(instant) ?? ''), { ...instant });
      }),
    );
    assert.equal(isoOf({ ms: 1e300, offset: 0 }), null);
  });

  it('turns the recommended bedtime into instants, before and after midnight, in the offset of that day', () => {
    const late = { day: '2026-11-24', optimal_bedtime: { day_tz: 7200, start_offset: -5400, end_offset: 1800 } };
    assert.equal(METRICS.optimal_bedtime_start.read(late), '2026-11-23T22:30:00+02:00');
    assert.equal(METRICS.optimal_bedtime_end.read(late), '2026-11-24T00:30:00+02:00');
    const west = { day: '2026-11-24', optimal_bedtime: { day_tz: -16_200, start_offset: 81_000, end_offset: 0 } };
    assert.equal(METRICS.optimal_bedtime_start.read(west), '2026-11-24T22:30:00-04:30');
    assert.equal(METRICS.optimal_bedtime_end.read(west), '2026-11-24T00:00:00-04:30');
    assert.equal(METRICS.optimal_bedtime_start.read({ day: '2026-11-24', optimal_bedtime: null }), null);
  });

  it('measures workouts on instants, or on local times where neither end has an offset', () => {
    const read = METRICS.latest_workout_duration.read;
    assert.equal(read({ start_datetime: '2022-04-02T14:41:00+01:00', end_datetime: '2022-04-02T15:12:00+01:00' }), 1860);
    assert.equal(read({ start_datetime: '2022-04-02T14:41:00+01:00', end_datetime: '2022-04-02T14:12:00+00:00' }), 1860);
    assert.equal(read({ start_datetime: '2022-04-02T14:41:00', end_datetime: '2022-04-02T15:12:00' }), 1860);
    assert.equal(read({ start_datetime: '2022-04-02T14:41:00', end_datetime: '2022-04-02T15:12:00Z' }), null);
    assert.equal(read({ start_datetime: '2022-04-02T14:41:00Z', end_datetime: '2022-04-02T14:40:00Z' }), null);
  });

  it('adds up what is known: 0 of nothing, null when no part is known', () => {
    assert.equal(METRICS.workout_calories_today.read([]), 0);
    assert.equal(METRICS.workout_calories_today.read([{ calories: 106.5 }, { calories: null }, { calories: 350 }]), 456.5);
    assert.equal(METRICS.workout_calories_today.read([{ calories: null }]), null);
    assert.equal(METRICS.sessions_today.read([{}, {}]), 2);
  });

  it('averages the samples of a session, gaps left out', () => {
    const samples = { interval: 5, items: [72.6, null, 72.7], timestamp: '2022-01-13T17:43:00.000+00:00' };
    assert.equal(METRICS.latest_session_heart_rate.read({ heart_rate: samples }), 72.65);
    assert.equal(METRICS.latest_session_hrv.read({ heart_rate: samples }), null);
  });

  it('measures the activity goal in active calories', () => {
    assert.equal(METRICS.activity_goal_progress.read(activity), 90);
    assert.equal(METRICS.activity_goal_progress.read({ ...activity, target_calories: 0 }), null);
  });

  it('names a tag by its own name, else by its type, else by its text', () => {
    const read = METRICS.latest_tag.read;
    assert.equal(read({ tag_type_code: 'custom', custom_name: 'Sauna', comment: 'hot' }), 'Sauna');
    assert.equal(read({ tag_type_code: 'tag_generic_coffee', custom_name: null, comment: null }), 'tag_generic_coffee');
    assert.equal(read({ tag_type_code: null, custom_name: null, comment: 'slept badly' }), 'slept badly');
    assert.equal(read({ tag_type_code: null, custom_name: '', comment: null }), null);
  });
});

describe('rest mode', () => {
  const on = (...periods: readonly object[]): boolean =>
    METRICS.rest_mode.read(
      periods.map((period) => ({ start_day: '2026-11-20', ...period })),
      moment,
    );

  it('LESSON: rest mode in progress, end_time null, is on', () => {
    assert.equal(on({ end_time: null, end_day: null }), true);
    assert.equal(on({}), true);
  });

  it('is on until the end that is planned, and off after it', () => {
    assert.equal(on({ end_time: '2026-11-24T14:00:01+02:00', end_day: '2026-11-24' }), true); // one second ahead
    assert.equal(on({ end_time: '2026-11-24T14:00:00+02:00', end_day: '2026-11-24' }), false);
    assert.equal(on({ end_time: null, end_day: '2026-11-24' }), true);
    assert.equal(on({ end_time: null, end_day: '2026-11-23' }), false);
  });

  it('is decided by the period begun last, so that one never closed does not keep it on', () => {
    assert.equal(on({ end_time: null }, { start_day: '2026-11-22', end_time: '2026-11-23T08:00:00+02:00' }), false);
    assert.equal(on(), false);
  });

  it('tells since when', () => {
    const period = { start_day: '2026-11-20', start_time: '2026-11-20T09:30:00+02:00', end_time: null };
    assert.equal(METRICS.rest_mode_since.read([period], moment), '2026-11-20T09:30:00+02:00');
    assert.equal(METRICS.rest_mode_since.read([{ ...period, start_time: null }], moment), '2026-11-20T00:00:00');
    assert.equal(METRICS.rest_mode_since.read([], moment), null);
    assert.equal(openRestMode([period], moment), period);
  });
});
