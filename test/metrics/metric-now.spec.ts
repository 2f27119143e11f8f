import assert from 'node:assert/strict';
import { METRIC_KEYS, METRICS, metricOf } from '../../lib/catalogue/metrics';
import { metricsNow } from '../../lib/metrics/metrics-now';
import { LocalCopy, SEEN_AT } from './local-copy';

const MORNING = '2026-11-24T09:00:00+02:00';
const AFTER_MIDNIGHT = '2026-11-25T00:30:00+02:00';

/** A night of 23:00 to 7:00 that counts to `day`. */
function night(day: string, changes: object = {}): Readonly<Record<string, unknown>> {
  const before = new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const bedtime = { bedtime_start: `${before}T23:00:00+02:00`, bedtime_end: `${day}T07:00:00+02:00`, time_in_bed: 28_800 };
  return { id: `night-${day}`, day, type: 'long_sleep', ...bedtime, total_sleep_duration: 27_000, average_hrv: 55, latency: 0, ...changes };
}

function nap(day: string, start: string, end: string, changes: object = {}): Readonly<Record<string, unknown>> {
  return {
    id: `nap-${start}`,
    day,
    type: 'sleep',
    bedtime_start: start,
    bedtime_end: end,
    total_sleep_duration: 1_800,
    average_hrv: 70,
    ...changes,
  };
}

const afternoonNap = nap('2026-11-24', '2026-11-24T14:00:00+02:00', '2026-11-24T14:40:00+02:00');

describe('a metric now', () => {
  it('has its value in the shown unit, its own day, and when it was first seen', () => {
    const copy = new LocalCopy().add('sleep', night('2026-11-24'));
    assert.deepEqual(copy.at(MORNING, 'total_sleep_duration'), {
      key: 'total_sleep_duration',
      value: 450,
      apiValue: 27_000,
      day: '2026-11-24',
      at: null,
      firstSeen: SEEN_AT,
      lastReset: null,
      reason: null,
      attributes: { bedtime_start: '2026-11-23T23:00:00+02:00', bedtime_end: '2026-11-24T07:00:00+02:00' },
    });
  });

  it('is chosen by day, in whatever order documents came', () => {
    const copy = new LocalCopy().add('daily_sleep', { id: 'c', day: '2026-11-24', score: 81 }, { id: 'a', day: '2026-11-22', score: 60 });
    copy.add('daily_sleep', { id: 'b', day: '2026-11-23', score: 70 });
    assert.equal(copy.at(MORNING, 'sleep_score').value, 81);
    assert.equal(copy.at('2026-11-23T23:00:00+02:00', 'sleep_score').value, 70); // a day ahead of the person's is not shown yet
    assert.equal(copy.at('2026-11-23T23:00:00+02:00', 'sleep_score').day, '2026-11-23');
  });

  it('shows contributors with the score', () => {
    const copy = new LocalCopy().add('daily_readiness', { id: 'r', day: '2026-11-24', score: 80, contributors: { hrv_balance: 75 } });
    assert.deepEqual(copy.at(MORNING, 'readiness_score').attributes, { contributors: { hrv_balance: 75 } });
    assert.equal(copy.at(MORNING, 'readiness_contributor_hrv_balance').value, 75);
  });

  it('says why there is nothing: never asked, nothing there, no baseline yet, no permission, off', () => {
    const copy = new LocalCopy().add('daily_readiness', { id: 'r', day: '2026-11-24', score: 80, temperature_deviation: null });
    assert.equal(copy.at(MORNING, 'temperature_deviation').reason, 'no_baseline');
    assert.equal(copy.at(MORNING, 'spo2_percentage').reason, 'no_data');
    const reason = (state: object): unknown => new LocalCopy().state('daily_spo2', state).at(MORNING, 'spo2_percentage').reason;
    assert.equal(reason({ lastSuccessAt: null }), 'pending');
    assert.equal(reason({ blocked: 'no_scope' }), 'no_scope');
    assert.equal(reason({ enabled: false }), 'disabled');
    assert.equal(reason({ failures: 3, lastErrorCode: 'server_failed' }), 'error');
  });

  it('has a reason whenever it has no value', () => {
    for (const value of metricsNow(METRIC_KEYS, new LocalCopy().inputs(MORNING))) {
      assert.ok(value.value !== null || value.reason !== null, value.key);
    }
  });

  it('is the same read together with others as read alone', () => {
    const copy = new LocalCopy()
      .add('sleep', night('2026-11-24'), afternoonNap)
      .add('daily_sleep', { id: 's', day: '2026-11-24', score: 0 });
    const together = metricsNow(METRIC_KEYS, copy.inputs(MORNING));
    assert.deepEqual(
      together,
      METRIC_KEYS.map((key) => copy.at(MORNING, key)),
    );
  });
});

describe('metrics while Oura fails', () => {
  const failing = { failures: 4, lastErrorCode: 'server_failed', lastSuccessAt: Date.parse('2026-11-23T18:00:00Z') };

  it('LESSON: when every call fails the last good values stay, with their day and the reason', () => {
    const copy = new LocalCopy()
      .add('daily_sleep', { id: 's', day: '2026-11-23', score: 81 })
      .add('daily_activity', { id: 'a', day: '2026-11-23', steps: 5 });
    copy.addRows('ring_battery_level', { timestamp: '2026-11-23T17:00:00.000Z', level: 0, charging: false });
    for (const endpoint of ['daily_sleep', 'daily_activity', 'ring_battery_level'] as const) copy.state(endpoint, failing);
    for (const [key, expected] of [
      ['sleep_score', 81],
      ['steps', 5],
      ['ring_battery_level', 0],
      ['charging', false],
    ] as const) {
      const { value, day, reason } = copy.at(MORNING, key);
      assert.deepEqual({ value, day, reason }, { value: expected, day: '2026-11-23', reason: 'error' }, key);
    }
  });

  it('LESSON: when one family fails the others go on and this one keeps its value', () => {
    const copy = new LocalCopy()
      .add('daily_sleep', { id: 's', day: '2026-11-23', score: 81 })
      .add('daily_readiness', { id: 'r', day: '2026-11-24', score: 77 });
    copy.state('daily_sleep', failing);
    assert.deepEqual([copy.at(MORNING, 'sleep_score').value, copy.at(MORNING, 'sleep_score').reason], [81, 'error']);
    assert.deepEqual([copy.at(MORNING, 'readiness_score').value, copy.at(MORNING, 'readiness_score').reason], [77, null]);
  });
});

describe('last night', () => {
  it('LESSON: a night whose only record is deleted or rest has no main sleep, and says so', () => {
    for (const type of ['deleted', 'rest']) {
      const copy = new LocalCopy().add('sleep', night('2026-11-23'), night('2026-11-24', { type }));
      const { value, day, reason } = copy.at(MORNING, 'total_sleep_duration');
      assert.deepEqual({ value, day, reason }, { value: null, day: '2026-11-24', reason: 'no_data' });
      assert.equal(copy.at(MORNING, 'total_sleep_with_naps').value, null);
      assert.equal(copy.at(MORNING, 'latest_sleep_end').value, '2026-11-23T07:00:00+02:00');
    }
  });

  it('is not taken away by a rest on the sofa that counts to the next day', () => {
    const rest = nap('2026-11-25', '2026-11-24T20:00:00+02:00', '2026-11-24T20:30:00+02:00', { type: 'rest' });
    const copy = new LocalCopy().add('sleep', night('2026-11-24'), rest);
    assert.equal(copy.at(AFTER_MIDNIGHT, 'total_sleep_duration').value, 450);
  });

  it('LESSON: last night stays past midnight, with its own day and the reason why there is none of today', () => {
    const copy = new LocalCopy().add('sleep', night('2026-11-24')).add('daily_sleep', { id: 's', day: '2026-11-24', score: 81 });
    for (const [key, expected] of [
      ['total_sleep_duration', 450],
      ['sleep_score', 81],
      ['bedtime_end', '2026-11-24T07:00:00+02:00'],
    ] as const) {
      const { value, day, reason } = copy.at(AFTER_MIDNIGHT, key);
      assert.deepEqual({ value, day, reason }, { value: expected, day: '2026-11-24', reason: 'not_synced' });
    }
    copy.state('sleep', { lastSuccessAt: Date.parse('2026-11-24T21:59:00Z') }); // a minute before midnight
    assert.equal(copy.at(AFTER_MIDNIGHT, 'total_sleep_duration').reason, 'pending');
  });

  it('LESSON: a nap never overwrites the night: main sleep, latest sleep and naps are separate', () => {
    const copy = new LocalCopy().add('sleep', night('2026-11-24'), afternoonNap);
    const evening = '2026-11-24T17:00:00+02:00';
    assert.deepEqual([copy.at(evening, 'total_sleep_duration').value, copy.at(evening, 'average_hrv').value], [450, 55]);
    assert.deepEqual([copy.at(evening, 'latest_sleep_duration').value, copy.at(evening, 'latest_sleep_type').value], [30, 'sleep']);
    assert.deepEqual([copy.at(evening, 'naps_today').value, copy.at(evening, 'nap_time_today').value], [1, 30]);
    assert.equal(copy.at(evening, 'total_sleep_with_naps').value, 480);
  });

  it('stays when a late nap of the evening already counts to the next day', () => {
    const lateNap = nap('2026-11-25', '2026-11-24T19:00:00+02:00', '2026-11-24T19:40:00+02:00', { type: 'late_nap' });
    const copy = new LocalCopy().add('sleep', night('2026-11-24'), lateNap);
    assert.equal(copy.at('2026-11-24T21:00:00+02:00', 'latest_sleep_type').value, 'late_nap');
    assert.equal(copy.at('2026-11-24T21:00:00+02:00', 'naps_today').value, 0);
    assert.equal(copy.at(AFTER_MIDNIGHT, 'total_sleep_duration').day, '2026-11-24');
    assert.equal(copy.at(AFTER_MIDNIGHT, 'total_sleep_with_naps').value, 450);
    assert.equal(copy.at(AFTER_MIDNIGHT, 'naps_today').value, 1);
  });

  it('is the longest long sleep of its day', () => {
    const second = night('2026-11-24', {
      id: 'second',
      bedtime_start: '2026-11-24T07:30:00+02:00',
      bedtime_end: '2026-11-24T11:00:00+02:00',
    });
    const copy = new LocalCopy().add('sleep', night('2026-11-24'), { ...second, total_sleep_duration: 11_000, average_hrv: 48 });
    assert.equal(copy.at(MORNING, 'average_hrv').value, 55);
    assert.equal(copy.at(MORNING, 'total_sleep_with_naps').apiValue, 38_000);
  });

  it('was not worn, when the ring was off all night', () => {
    const copy = new LocalCopy().add('sleep', night('2026-11-23')).state('sleep', { worn: false });
    assert.equal(copy.at(MORNING, 'average_hrv').reason, 'not_worn');
  });

  it('needs no reason once it has arrived, even while Oura fails', () => {
    const copy = new LocalCopy().add('sleep', night('2026-11-24')).state('sleep', { failures: 2, lastErrorCode: 'timed_out' });
    assert.equal(copy.at(MORNING, 'average_hrv').reason, null);
    assert.equal(copy.at(AFTER_MIDNIGHT, 'average_hrv').reason, 'error');
    assert.equal(copy.at(AFTER_MIDNIGHT, 'average_hrv').value, 55);
  });

  it('is found weeks back, and not at all when there were only naps', () => {
    const naps = Array.from({ length: 20 }, (_, index) => {
      const day = `2026-11-${String(index + 5).padStart(2, '0')}`;
      return nap(day, `${day}T14:00:00+02:00`, `${day}T14:40:00+02:00`);
    });
    assert.equal(new LocalCopy().add('sleep', ...naps).at(MORNING, 'average_hrv').value, null);
    assert.equal(new LocalCopy().add('sleep', night('2026-10-20'), ...naps).at(MORNING, 'average_hrv').day, '2026-10-20');
  });
});

describe('the day so far', () => {
  const activity = {
    id: 'a24',
    day: '2026-11-24',
    steps: 9_000,
    active_calories: 0,
    medium_activity_time: 1_800,
    high_activity_met_minutes: 44,
  };

  it("LESSON: after midnight yesterday's steps keep their day and say not_synced until today's arrive", () => {
    const copy = new LocalCopy().add('daily_activity', activity);
    const { value, day, reason, lastReset } = copy.at(AFTER_MIDNIGHT, 'steps');
    assert.deepEqual(
      { value, day, reason, lastReset },
      { value: 9_000, day: '2026-11-24', reason: 'not_synced', lastReset: '2026-11-23T22:00:00.000Z' },
    );
    copy.add('daily_activity', { id: 'a25', day: '2026-11-25', steps: 0 });
    assert.deepEqual([copy.at(AFTER_MIDNIGHT, 'steps').value, copy.at(AFTER_MIDNIGHT, 'steps').reason], [0, null]);
  });

  it("LESSON: daily totals carry last_reset, the local start of the value's own day", () => {
    const copy = new LocalCopy().add('daily_activity', activity).add('daily_stress', { id: 's', day: '2026-11-24', stress_high: 5_400 });
    for (const key of METRIC_KEYS) {
      const { value, lastReset } = copy.at(MORNING, key);
      assert.equal(lastReset, metricOf(key).quantity.stateClass === 'total' && value !== null ? '2026-11-23T22:00:00.000Z' : null, key);
    }
    assert.equal(copy.at(MORNING, 'stress_high').value, 90);
    const summer = new LocalCopy().add('daily_activity', { ...activity, day: '2026-03-29' }); // the clock goes forward at 3:00
    assert.equal(summer.at('2026-03-29T20:00:00+03:00', 'steps').lastReset, '2026-03-28T22:00:00.000Z');
  });

  it('LESSON: zero is a value', () => {
    const copy = new LocalCopy().add('daily_activity', activity);
    assert.deepEqual([copy.at(MORNING, 'active_calories').value, copy.at(MORNING, 'active_calories').reason], [0, null]);
  });

  it('LESSON: MET-minutes are MET min, HRV is RMSSD in ms, a temperature deviation has no device class', () => {
    const copy = new LocalCopy()
      .add('daily_activity', activity)
      .add('daily_readiness', { id: 'r', day: '2026-11-24', temperature_deviation: 0.5 });
    assert.equal(copy.at(MORNING, 'high_activity_met_minutes').value, 44);
    assert.equal(copy.at(MORNING, 'temperature_deviation').value, 0.5);
    for (const key of METRIC_KEYS.filter((one) => one.endsWith('met_minutes') && one !== 'average_met_minutes')) {
      assert.deepEqual([metricOf(key).quantity.unit, metricOf(key).quantity.deviceClass], ['MET min', null]);
    }
    assert.deepEqual([METRICS.average_hrv.quantity.unit, METRICS.average_hrv.quantity.deviceClass], ['ms', null]);
    for (const key of ['temperature_deviation', 'temperature_trend_deviation'] as const) {
      const { unit, deviceClass, stateClass } = METRICS[key].quantity;
      assert.deepEqual({ unit, deviceClass, stateClass }, { unit: '°C', deviceClass: null, stateClass: 'measurement' });
    }
  });

  it('LESSON: no session today is 0, once Oura was asked today', () => {
    const copy = new LocalCopy();
    for (const key of [
      'sessions_today',
      'workouts_today',
      'tags_today',
      'naps_today',
      'session_time_today',
      'workout_calories_today',
    ] as const) {
      const { value, day, reason } = copy.at(MORNING, key);
      assert.deepEqual({ value, day, reason }, { value: 0, day: '2026-11-24', reason: null }, key);
    }
    copy.state('session', { lastSuccessAt: Date.parse('2026-11-23T21:00:00Z') });
    assert.deepEqual([copy.at(MORNING, 'sessions_today').value, copy.at(MORNING, 'sessions_today').reason], [null, 'pending']);
    copy.state('session', { lastSuccessAt: null, failures: 1, lastErrorCode: 'unreachable' });
    assert.deepEqual([copy.at(MORNING, 'sessions_today').value, copy.at(MORNING, 'sessions_today').reason], [null, 'error']);
  });

  it('LESSON: an enhanced_tag has start_day, no day, and is counted by it', () => {
    const tag = {
      id: 't',
      tag_type_code: 'tag_sauna',
      start_day: '2026-11-24',
      start_time: '2026-11-24T08:00:00',
      end_time: null,
      comment: null,
    };
    const copy = new LocalCopy().add('enhanced_tag', tag, { ...tag, id: 'u', start_day: '2026-11-23', start_time: '2026-11-23T08:00:00' });
    const { value, attributes } = copy.at(MORNING, 'tags_today');
    assert.equal(value, 1);
    const item = { tag_type_code: 'tag_sauna', start_time: '2026-11-24T08:00:00', end_time: null, comment: null };
    assert.deepEqual(attributes, { items: [item] });
    assert.equal(copy.at(MORNING, 'latest_tag').value, 'tag_sauna');
    assert.equal(copy.at(MORNING, 'latest_tag_time').value, '2026-11-24T08:00:00+02:00'); // local time, completed by the person's zone
    assert.equal(copy.at(AFTER_MIDNIGHT, 'tags_today').value, 0);
  });
});

describe('the newest known', () => {
  it('LESSON: a VO2 max of two weeks ago is shown, with its day', () => {
    const copy = new LocalCopy().add('vo2_max', { id: 'v', day: '2026-11-10', timestamp: '2026-11-10T08:00:00+02:00', vo2_max: 44 });
    const { value, day, reason } = copy.at(MORNING, 'vo2_max');
    assert.deepEqual({ value, day, reason }, { value: 44, day: '2026-11-10', reason: null });
  });

  it('is the stress summary of the last full day, while that of today is not written yet', () => {
    const copy = new LocalCopy().add('daily_stress', { id: 's', day: '2026-11-23', day_summary: 'stressful', stress_high: 7_200 });
    copy.add('daily_stress', { id: 't', day: '2026-11-24', day_summary: null, stress_high: 900 });
    const { value, day, reason } = copy.at(MORNING, 'day_summary');
    assert.deepEqual({ value, day, reason }, { value: 'stressful', day: '2026-11-23', reason: null });
    assert.equal(copy.at(MORNING, 'stress_high').value, 15);
    assert.equal(copy.at('2026-12-20T09:00:00+02:00', 'day_summary').reason, 'no_data');
  });

  it('LESSON: the last workout keeps its own date', () => {
    const times = { start_datetime: '2026-11-18T17:00:00+02:00', end_datetime: '2026-11-18T17:45:00+02:00' };
    const copy = new LocalCopy().add('workout', {
      id: 'w',
      day: '2026-11-18',
      activity: 'cycling',
      intensity: 'hard',
      calories: null,
      ...times,
    });
    const { value, day, at, reason } = copy.at(MORNING, 'latest_workout_activity');
    assert.deepEqual({ value, day, at, reason }, { value: 'cycling', day: '2026-11-18', at: '2026-11-18T17:00:00+02:00', reason: null });
    assert.equal(copy.at(MORNING, 'latest_workout_duration').value, 45);
    assert.deepEqual(
      [copy.at(MORNING, 'latest_workout_calories').value, copy.at(MORNING, 'latest_workout_calories').reason],
      [null, 'no_data'],
    );
    assert.equal(copy.at(MORNING, 'workouts_today').value, 0);
  });

  it('LESSON: of several rings, one set up in 1970, the one set up last counts', () => {
    const ring = (id: string, hardware: string, setUpAt: string | null): object => ({ id, hardware_type: hardware, set_up_at: setUpAt });
    const copy = new LocalCopy();
    for (const one of [ring('b', 'gen4', '2025-01-02T00:00:00Z'), ring('c', 'gen2', '1970-01-01T00:00:00Z'), ring('d', 'gen3', null)]) {
      copy.add('ring_configuration', one as Record<string, unknown>); // a JSON object
    }
    assert.equal(copy.at(MORNING, 'hardware_type').value, 'gen4');
  });

  it('LESSON: rest mode in progress is on, also before the day it ends; never any is off', () => {
    const copy = new LocalCopy();
    assert.deepEqual([copy.at(MORNING, 'rest_mode').value, copy.at(MORNING, 'rest_mode').reason], [false, null]);
    copy.add('rest_mode_period', {
      id: 'p',
      start_day: '2026-11-22',
      start_time: '2026-11-22T10:00:00+02:00',
      end_day: null,
      end_time: null,
      episodes: [],
    });
    assert.equal(copy.at(MORNING, 'rest_mode').value, true);
    assert.equal(copy.at(MORNING, 'rest_mode_since').value, '2026-11-22T10:00:00+02:00');
    copy.add('rest_mode_period', {
      id: 'q',
      start_day: '2026-11-26',
      start_time: '2026-11-26T10:00:00+02:00',
      end_day: null,
      end_time: null,
    });
    assert.equal(copy.at(MORNING, 'rest_mode_since').value, '2026-11-22T10:00:00+02:00'); // the next one has not begun
    assert.equal(new LocalCopy().state('rest_mode_period', { lastSuccessAt: null }).at(MORNING, 'rest_mode').value, null);
  });

  it('is the newest row of a series, with its instant and its local day', () => {
    const copy = new LocalCopy().addRows(
      'heartrate',
      { timestamp: '2026-11-23T21:55:00.000Z', bpm: 61, source: 'rest' },
      { timestamp: '2026-11-23T22:05:00.000Z', bpm: 58, source: 'sleep' },
    );
    const { value, day, at, attributes, reason } = copy.at(MORNING, 'heart_rate');
    assert.deepEqual({ value, day, at, reason }, { value: 58, day: '2026-11-24', at: '2026-11-23T22:05:00.000Z', reason: null });
    assert.deepEqual(attributes, { source: 'sleep' }); // what changes with every row doubles the rows of the recorder
    assert.deepEqual([copy.at(AFTER_MIDNIGHT, 'heart_rate').value, copy.at(AFTER_MIDNIGHT, 'heart_rate').reason], [58, 'not_synced']);
  });

  it('knows the person, without a day', () => {
    const copy = new LocalCopy().add('personal_info', {
      id: 'me',
      age: 41,
      weight: 74.8,
      height: 1.8,
      biological_sex: 'female',
      email: 'me@example.org',
    });
    assert.deepEqual([copy.at(MORNING, 'weight').value, copy.at(MORNING, 'weight').day], [74.8, null]);
    for (const key of METRIC_KEYS) assert.ok(!JSON.stringify(copy.at(MORNING, key)).includes('example.org'), key);
  });
});
