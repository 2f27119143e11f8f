import assert from 'node:assert/strict';
import { bodies, DAY, HOUR, personOf } from './support';

const START = Date.parse('2023-06-01T00:00:00Z');
const END = START + 730 * DAY;

describe('within two years the demo person lives through every special case', () => {
  const patient = personOf('demo');
  const asked = [START, END, END + 5 * DAY] as const;
  const sleeps = bodies(patient, 'sleep', asked);
  const readiness = bodies(patient, 'daily_readiness', asked);

  it('LESSON: naps, late naps under both names, rejected rest and deleted sleeps', () => {
    for (const type of ['long_sleep', 'sleep', 'late_nap', 'rest', 'deleted'])
      assert.ok(
        sleeps.some((sleep) => sleep.type === type),
        type,
      );
    const evening = sleeps.filter((sleep) => sleep.type === 'sleep' && sleep.day > sleep.bedtime_end.slice(0, 10));
    assert.ok(evening.length > 0);
  });

  it('LESSON: a night whose only record is rest or deleted, then without scores', () => {
    const main = new Set(sleeps.filter(({ type }) => type === 'long_sleep').map(({ day }) => day));
    const nights = sleeps.filter(({ type, time_in_bed: seconds, day }) => seconds > 3.5 * 3600 && type !== 'long_sleep' && !main.has(day));
    assert.deepEqual(new Set(nights.map(({ type }) => type)), new Set(['rest', 'deleted']));
    for (const { day, type } of nights)
      assert.equal(readiness.find((one) => one.day === day)?.score, type === 'deleted' ? null : undefined);
  });

  it('nights without documents, some two to four in a hundred', () => {
    const days = new Set(bodies(patient, 'daily_activity', asked).map(({ day }) => day));
    assert.ok(days.size < 727 && days.size > 730 * 0.94, `${days.size} days`);
  });

  it('LESSON: zero is a value: latency, awake time, a contributor', () => {
    const nights = sleeps.filter(({ type }) => type === 'long_sleep');
    assert.ok(nights.some(({ latency }) => latency === 0));
    assert.ok(nights.some((night) => night.awake_time === 0 && night.efficiency === 100));
    assert.ok(readiness.some(({ contributors }) => contributors['body_temperature'] === 0));
  });

  it('LESSON: SpO2 of 0.0 without breathing index on nights without data', () => {
    const nights = bodies(patient, 'daily_spo2', asked);
    const empty = nights.filter((night) => night.spo2_percentage?.average === 0);
    assert.ok(empty.length > 5 && empty.length < 60);
    assert.ok(empty.every((night) => night.breathing_disturbance_index === null));
    assert.ok(nights.some((night) => night.spo2_percentage === null));
  });

  it('values that are null: HRV of a night, temperature, contributors, moods, the HRV balance of the first weeks', () => {
    assert.ok(sleeps.some(({ type, average_hrv: hrv }) => type === 'long_sleep' && hrv === null));
    assert.ok(readiness.some((one, i) => i > 30 && one.temperature_deviation === null));
    for (const name of ['previous_night', 'previous_day_activity', 'activity_balance']) {
      assert.ok(
        readiness.some(({ contributors }) => contributors[name] === null),
        name,
      );
    }
    assert.ok(readiness.slice(0, 18).every(({ contributors }) => contributors['hrv_balance'] === null));
    assert.ok(readiness.slice(60).some(({ contributors }) => typeof contributors['hrv_balance'] === 'number'));
    assert.ok(bodies(patient, 'session', asked).some(({ mood }) => mood === null));
  });

  it('sleep_regularity only since it exists', () => {
    assert.ok(readiness.every(({ day, contributors }) => 'sleep_regularity' in contributors === day >= '2025-06-01'));
    const later = bodies(patient, 'daily_readiness', [Date.parse('2025-06-03'), Date.parse('2025-06-20'), Date.parse('2025-07-01')]);
    assert.ok(later.length > 10 && later.every(({ contributors }) => 'sleep_regularity' in contributors));
  });

  it('LESSON: rest mode in progress has no end until it is switched off', () => {
    const periods = patient.documents('rest_mode_period', START, END, END + 5 * DAY);
    assert.ok(periods.length >= 4);
    for (const period of periods) assert.notEqual(period.body['end_time'], null);
    const open = periods.flatMap(({ anchorMs }) => patient.documents('rest_mode_period', anchorMs, anchorMs, anchorMs + 1.5 * DAY));
    assert.ok(open.some(({ body }) => body['end_time'] === null && body['end_day'] === null));
  });

  it('travel: nights with other offsets than home', () => {
    const offsets = new Set(sleeps.map((sleep) => sleep.bedtime_end.slice(-6)));
    assert.ok(offsets.has('+02:00') && offsets.has('+03:00') && offsets.size >= 4, [...offsets].join(' '));
  });

  it('about one night in twenty is amended 4 to 30 hours later, scores included, under the same id', () => {
    const edited = patient
      .documents('sleep', START, END, END + 5 * DAY)
      .filter(({ body }) => body['sleep_analysis_reason'] === 'bedtime_edit');
    assert.ok(edited.length > 15 && edited.length < 80);
    for (const { body, visibleAt, anchorMs } of edited) {
      const [old] = patient.documents('sleep', anchorMs - 2 * HOUR, anchorMs, visibleAt - 1).filter((one) => one.body['id'] === body['id']);
      assert.ok(old !== undefined);
      const hours = (visibleAt - old.visibleAt) / HOUR;
      assert.ok(hours >= 4 && hours <= 30);
      assert.ok(Number(old.body['time_in_bed']) > Number(body['time_in_bed']));
    }
    const scores = (now: number): readonly unknown[] => patient.documents('daily_sleep', START, END, now).map(({ body }) => body['score']);
    assert.notDeepEqual(scores(END + 5 * DAY), scores(END - DAY));
    const moved = edited.filter(({ anchorMs, visibleAt }) => patient.documents('sleep', anchorMs, anchorMs, visibleAt - 1).length === 0);
    assert.ok(moved.length > 3, 'some edits move bedtime_start');
  });

  it('LESSON: late uploads: days that arrive one to three days later, some of them after newer ones', () => {
    const documents = patient.documents('daily_activity', START, END, END + 10 * DAY);
    const late = documents.filter(({ anchorMs, visibleAt }) => visibleAt - anchorMs > 2 * DAY);
    assert.ok(late.length > 8 && late.length < 90, `${late.length} late days`);
    assert.ok(late.every(({ anchorMs, visibleAt }) => visibleAt - anchorMs < 6.5 * DAY));
    assert.ok(documents.some(({ visibleAt }, i) => documents.slice(i + 1, i + 4).some((newer) => newer.visibleAt < visibleAt)));
  });

  it('LESSON: two rings, one set up in 1970, oldest first; a firmware update is a new version of the same ring', () => {
    const rings = (now: number): ReturnType<typeof bodies<'ring_configuration'>> => bodies(patient, 'ring_configuration', [0, 0, now]);
    const [old, current] = rings(END);
    assert.equal(old?.set_up_at, '1970-01-01T00:00:00+00:00');
    assert.match(current?.set_up_at ?? '', /^2023-05-31T.*\+00:00$/);
    const [, before] = rings(START + 20 * DAY);
    assert.equal(before?.id, current?.id);
    assert.notEqual(before?.firmware_version, current?.firmware_version);
  });

  it('LESSON: VO2 max about every two weeks, at times more than three weeks apart', () => {
    const at = patient.documents('vo2_max', START, END, END + 5 * DAY).map(({ anchorMs }) => anchorMs);
    const gaps = at.slice(1).map((one, i) => (one - (at[i] ?? Number.NaN)) / DAY);
    assert.ok(at.length > 28 && at.length < 55);
    assert.ok(gaps.some((gap) => gap > 21));
  });

  it('tags with duration, over midnight, custom, text only; the deprecated ones only at the beginning', () => {
    const tags = bodies(patient, 'enhanced_tag', asked);
    assert.ok(tags.some((tag) => tag.tag_type_code === 'custom' && tag.custom_name !== null));
    assert.ok(tags.some((tag) => tag.tag_type_code === null && tag.comment !== null));
    assert.ok(tags.some((tag) => tag.end_day === tag.start_day));
    assert.ok(tags.some((tag) => tag.end_day !== null && tag.end_day > tag.start_day));
    assert.ok(tags.some((tag) => tag.end_day === null));
    const old = bodies(patient, 'tag', asked);
    assert.ok(old.length > 0 && old.every(({ day }) => day < '2023-10-01'));
  });

  it('workouts of all sources and intensities, some with +00:00', () => {
    const workouts = bodies(patient, 'workout', asked);
    assert.deepEqual(new Set(workouts.map(({ source }) => source)), new Set(['manual', 'autodetected', 'confirmed', 'workout_heart_rate']));
    assert.deepEqual(new Set(workouts.map(({ intensity }) => intensity)), new Set(['easy', 'moderate', 'hard']));
    assert.ok(workouts.some((workout) => workout.start_datetime.endsWith('+00:00')));
    assert.ok(workouts.some((workout) => workout.start_datetime.endsWith('+03:00')));
    assert.ok(workouts.some(({ distance }) => distance === null) && workouts.some(({ label }) => label !== null));
  });

  it('stress in blocks of fifteen minutes, without summary while the day is under way', () => {
    const days = bodies(patient, 'daily_stress', asked);
    for (const day of days)
      for (const seconds of [day.stress_high, day.recovery_high]) if (seconds !== null) assert.equal(seconds % 900, 0);
    assert.deepEqual(new Set(days.map((day) => day.day_summary)), new Set(['restored', 'normal', 'stressful', null]));
    const noon = Date.parse('2024-05-15T12:00:00Z');
    const [today] = patient.documents('daily_stress', noon - 16 * HOUR, noon, noon);
    assert.equal(today?.body['day_summary'], null);
    assert.equal(typeof today.body['stress_high'], 'number');
  });

  it('sleep_time without optimal bedtime but for a few, not enough nights at first', () => {
    const days = bodies(patient, 'sleep_time', asked);
    assert.equal(days[0]?.status, 'not_enough_nights');
    assert.ok(days.filter(({ status }) => status === 'only_recommended_found').length > 0.85 * days.length);
    assert.ok(days.every(({ status, optimal_bedtime: window }) => (status === 'optimal_found') === (window !== null)));
    assert.ok(days.some(({ status }) => status === 'optimal_found'));
  });

  it('resilience and cardiovascular age from the fifteenth day', () => {
    assert.equal(bodies(patient, 'daily_resilience', asked)[0]?.day, '2023-06-15');
    assert.equal(bodies(patient, 'daily_cardiovascular_age', asked)[0]?.day, '2023-06-15');
  });
});
