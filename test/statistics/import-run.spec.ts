import assert from 'node:assert/strict';
import { LIMITS } from '../../lib/catalogue/limits';
import { createMemoryStore } from '../../lib/store/memory-store';
import { addDays } from '../../lib/sync/local-day';
import { activityDay, sleepDay, StatisticsRig } from './support/statistics-rig';

const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);
const SCORE = 'oura:anna_sleep_score';
const STEPS = 'oura:anna_steps';
const WORKOUTS = 'oura:anna_workouts_today';

describe('an import of statistics', () => {
  let rig: StatisticsRig;
  beforeEach(async () => {
    rig = await StatisticsRig.start();
  });
  afterEach(() => rig.clear());

  const means = (id: string): readonly (readonly [number, unknown])[] => rig.recorder.rows(id).map(({ start, mean }) => [start, mean]);
  const sums = (id: string): readonly unknown[] => rig.recorder.rows(id).map(({ start, state, sum }) => [start, state, sum]);
  const sent = (): readonly (readonly [string, number])[] => rig.recorder.imports.splice(0).map(({ id, rows }) => [id, rows]);

  it('puts each night into the hour of its own noon, and fills no gap', async () => {
    rig.add('daily_sleep', sleepDay('2026-03-01', 80), sleepDay('2026-03-03', 0), sleepDay('2026-03-04', null));
    const { statistics } = await rig.run(['sleep_score']);
    assert.deepEqual(means(SCORE), [
      [noon('2026-03-01'), 80],
      [noon('2026-03-03'), 0],
    ]);
    assert.deepEqual(statistics, [{ metric: 'sleep_score', id: SCORE, from: '2026-03-01', to: '2026-03-31', sent: 2, missing: null }]);
    assert.deepEqual(rig.recorder.warnings, []);
  });

  it('adds daily totals up, over gaps too', async () => {
    rig.add('daily_activity', activityDay('2026-03-01', 1000), activityDay('2026-03-03', 0), activityDay('2026-03-04', 500));
    await rig.run(['steps']);
    assert.deepEqual(sums(STEPS), [
      [noon('2026-03-01'), 1000, 1000],
      [noon('2026-03-03'), 0, 1000],
      [noon('2026-03-04'), 500, 1500],
    ]);
  });

  it('counts a day without any as 0, from the first one on to the last day that was over when Oura was asked', async () => {
    rig.family = { ...rig.family, overThrough: '2026-03-05' };
    rig.add('workout', { id: 'w', day: '2026-03-03', start_datetime: '2026-03-03T08:00:00Z', end_datetime: '2026-03-03T09:00:00Z' });
    await rig.run(['workouts_today']);
    assert.deepEqual(sums(WORKOUTS), [
      [noon('2026-03-03'), 1, 1],
      [noon('2026-03-04'), 0, 1],
      [noon('2026-03-05'), 0, 1],
    ]);
  });

  it('sends nothing when nothing changed, neither in the next run nor after a restart', async () => {
    rig.add('daily_sleep', sleepDay('2026-03-01', 80)).add('daily_activity', activityDay('2026-03-01', 1000));
    await rig.run(['sleep_score', 'steps']);
    assert.equal(sent().length, 2);
    await rig.run(['sleep_score', 'steps']);
    assert.deepEqual(sent(), []);
  });

  it('sends nothing either when it has forgotten all but what Home Assistant has', async () => {
    rig.add('daily_sleep', sleepDay('2026-03-01', 80)).add('daily_activity', activityDay('2026-03-01', 1000));
    await rig.run(['sleep_score', 'steps']);
    sent();
    rig.settings.save('statistics', undefined);
    await rig.run(['sleep_score', 'steps']);
    assert.deepEqual(sent(), []);
  });

  it('leaves nothing of the person who had the account before', async () => {
    rig.add('daily_sleep', sleepDay('2026-01-05', 50), sleepDay('2026-03-01', 51), sleepDay('2026-03-02', 52));
    rig.add('daily_activity', activityDay('2026-01-05', 9000), activityDay('2026-03-01', 9001));
    await rig.run(['sleep_score', 'steps']);
    rig.settings.save('statistics', undefined); // each person has a ledger of their own
    rig.store = createMemoryStore();
    rig.family = { ...rig.family, from: '2026-03-01' };
    rig.add('daily_sleep', sleepDay('2026-03-02', 80)).add('daily_activity', activityDay('2026-03-01', 1), activityDay('2026-03-02', 2));
    await rig.run(['sleep_score', 'steps']);
    assert.deepEqual(means(SCORE), [[noon('2026-03-02'), 80]]);
    assert.deepEqual(sums(STEPS), [
      [noon('2026-03-01'), 1, 1],
      [noon('2026-03-02'), 2, 3],
    ]);
  });

  it('corrects only the hour of an amended night, and adds a late one', async () => {
    for (let day = '2026-03-01'; day < '2026-03-20'; day = addDays(day, 1)) rig.add('daily_sleep', sleepDay(day, 70));
    await rig.run(['sleep_score']);
    sent();
    rig.add('daily_sleep', sleepDay('2026-03-07', 55), sleepDay('2026-02-10', 66));
    await rig.run(['sleep_score']);
    assert.deepEqual(sent(), [[SCORE, 2]]);
    assert.deepEqual(means(SCORE).slice(0, 2), [
      [noon('2026-02-10'), 66],
      [noon('2026-03-01'), 70],
    ]);
    assert.deepEqual(means(SCORE)[7], [noon('2026-03-07'), 55]);
  });

  it('sends every sum from an amended day on', async () => {
    for (const [index, day] of ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'].entries())
      rig.add('daily_activity', activityDay(day, 100 * (index + 1)));
    await rig.run(['steps']);
    sent();
    rig.add('daily_activity', activityDay('2026-03-03', 305));
    await rig.run(['steps']);
    assert.deepEqual(sent(), [[STEPS, 2]]);
    assert.deepEqual(sums(STEPS).slice(2), [
      [noon('2026-03-03'), 305, 605],
      [noon('2026-03-04'), 400, 1005],
    ]);
  });

  it('waits with sums until the history is complete, and then sends all of them', async () => {
    rig.family = { ...rig.family, isComplete: false, from: '2026-03-02' };
    rig.add('daily_activity', activityDay('2026-03-02', 200)).add('daily_sleep', sleepDay('2026-03-02', 80));
    const { statistics } = await rig.run(['steps', 'sleep_score']);
    assert.deepEqual(
      statistics.map(({ metric, missing }) => [metric, missing]),
      [
        ['sleep_score', null],
        ['steps', 'history_incomplete'],
      ],
    );
    assert.deepEqual(sums(STEPS), []);
    rig.family = { ...rig.family, isComplete: true, from: '2026-03-01' };
    rig.add('daily_activity', activityDay('2026-03-01', 100));
    await rig.run(['steps', 'sleep_score']);
    assert.deepEqual(sums(STEPS), [
      [noon('2026-03-01'), 100, 100],
      [noon('2026-03-02'), 200, 300],
    ]);
  });

  it('misses no day that came while a longer history was loaded', async () => {
    rig.add('daily_activity', activityDay('2026-03-02', 200));
    await rig.run(['steps']);
    rig.family = { ...rig.family, isComplete: false };
    rig.add('daily_activity', activityDay('2026-02-01', 50));
    await rig.run(['steps']);
    rig.family = { ...rig.family, isComplete: true };
    await rig.run(['steps']);
    assert.deepEqual(sums(STEPS), [
      [noon('2026-02-01'), 50, 50],
      [noon('2026-03-02'), 200, 250],
    ]);
  });

  it('goes on from the sum that is there when retention has dropped older days', async () => {
    rig.add('daily_activity', activityDay('2026-03-01', 100), activityDay('2026-03-02', 200), activityDay('2026-03-03', 300));
    await rig.run(['steps']);
    rig.store.prune('daily_activity', '2026-03-03', 0);
    rig.family = { ...rig.family, from: '2026-03-03' };
    sent();
    rig.add('daily_activity', activityDay('2026-03-03', 301), activityDay('2026-03-04', 1));
    await rig.run(['steps']);
    assert.deepEqual(sums(STEPS), [
      [noon('2026-03-01'), 100, 100],
      [noon('2026-03-02'), 200, 300],
      [noon('2026-03-03'), 301, 601],
      [noon('2026-03-04'), 1, 602],
    ]);
    assert.deepEqual(sent(), [[STEPS, 2]]);
  });

  it('takes a deleted night out, and keeps the others, those that retention has dropped too', async () => {
    rig.add('daily_sleep', sleepDay('2026-03-01', 71), sleepDay('2026-03-02', 72), sleepDay('2026-03-03', 73), sleepDay('2026-03-04', 74));
    await rig.run(['sleep_score']);
    rig.store.prune('daily_sleep', '2026-03-02', 0);
    rig.family = { ...rig.family, from: '2026-03-02' };
    rig.drop('daily_sleep', 'ds-2026-03-03');
    await rig.run(['sleep_score']);
    assert.deepEqual(means(SCORE), [
      [noon('2026-03-01'), 71],
      [noon('2026-03-02'), 72],
      [noon('2026-03-04'), 74],
    ]);
    assert.deepEqual(rig.recorder.cleared, [SCORE]);
    sent();
    await rig.run(['sleep_score']);
    assert.deepEqual(sent(), []);
  });

  it('moves all hours when the person chooses another zone, and leaves none behind', async () => {
    rig.add('daily_sleep', sleepDay('2026-03-01', 80)).add('daily_activity', activityDay('2026-03-01', 5));
    await rig.run(['sleep_score', 'steps']);
    rig.chosenZone = 'Asia/Kathmandu';
    await rig.run(['sleep_score', 'steps']);
    const start = Date.parse('2026-03-01T06:00:00Z'); // 12:00 at +05:45 is 06:15
    assert.deepEqual(means(SCORE), [[start, 80]]);
    assert.deepEqual(sums(STEPS), [[start, 5, 5]]);
  });

  it('leaves no hour behind in a zone almost a day away either, and keeps what retention has dropped', async () => {
    rig.chosenZone = 'Pacific/Kiritimati';
    rig.family = { ...rig.family, from: '2026-03-01' };
    rig.add('daily_sleep', sleepDay('2026-03-01', 80), sleepDay('2026-03-02', 81));
    rig.add('daily_activity', activityDay('2026-03-01', 5), activityDay('2026-03-02', 7));
    await rig.run(['sleep_score', 'steps']);
    const at = (text: string): number => Date.parse(text);
    rig.chosenZone = 'Pacific/Pago_Pago';
    await rig.run(['sleep_score', 'steps']);
    const [first, second] = [at('2026-03-01T23:00:00Z'), at('2026-03-02T23:00:00Z')];
    assert.deepEqual(means(SCORE), [
      [first, 80],
      [second, 81],
    ]);
    assert.deepEqual(sums(STEPS), [
      [first, 5, 5],
      [second, 7, 12],
    ]);
    rig.store.prune('daily_sleep', '2026-03-02', 0);
    rig.family = { ...rig.family, from: '2026-03-02' };
    rig.chosenZone = 'Pacific/Kiritimati';
    await rig.run(['sleep_score']);
    assert.deepEqual(means(SCORE), [
      [at('2026-03-01T22:00:00Z'), 81],
      [first, 80],
    ]);
  });

  it('does not import a day so far: totals wait for its end, nights for their hour', async () => {
    rig.moment = '2026-03-31T08:00:00Z';
    rig.family = { ...rig.family, overThrough: '2026-03-30' };
    rig.add('daily_sleep', sleepDay('2026-03-30', 70), sleepDay('2026-03-31', 80));
    rig.add('daily_activity', activityDay('2026-03-30', 100), activityDay('2026-03-31', 20));
    await rig.run(['sleep_score', 'steps']);
    assert.deepEqual([means(SCORE).length, sums(STEPS).length], [1, 1]);
    rig.moment = '2026-03-31T12:00:00Z';
    await rig.run(['sleep_score', 'steps']);
    assert.deepEqual([means(SCORE).length, sums(STEPS).length], [2, 1]);
    rig.moment = '2026-04-01T01:00:00Z';
    await rig.run(['sleep_score', 'steps']);
    assert.deepEqual([means(SCORE).length, sums(STEPS).length], [2, 1]); // Oura was not asked since midnight
    rig.family = { ...rig.family, overThrough: '2026-03-31' };
    rig.add('daily_activity', activityDay('2026-03-31', 6000));
    await rig.run(['sleep_score', 'steps']);
    assert.deepEqual(sums(STEPS)[1], [noon('2026-03-31'), 6000, 6100]);
  });

  it('leaves days before the first one wanted as they are', async () => {
    rig.add('daily_sleep', sleepDay('2026-02-01', 60), sleepDay('2026-03-01', 80));
    await rig.run(['sleep_score'], { start: '2026-02-15' });
    assert.deepEqual(means(SCORE), [[noon('2026-03-01'), 80]]);
    await rig.run(['sleep_score'], { start: '' });
    assert.equal(means(SCORE).length, 2);
  });

  it('repairs what was changed in Home Assistant when the days are asked for again', async () => {
    rig.add('daily_sleep', sleepDay('2026-03-01', 80), sleepDay('2026-03-02', 81));
    await rig.run(['sleep_score']);
    sent();
    const kept = rig.recorder.statistics.get(SCORE)?.rows;
    kept?.set(noon('2026-03-02'), { start: noon('2026-03-02'), mean: 1, min: 1, max: 1 });
    await rig.run(['sleep_score']);
    assert.deepEqual(sent(), []);
    await rig.run(['sleep_score'], { again: { from: '2026-03-02', to: '2026-03-02' } });
    assert.deepEqual(sent(), [[SCORE, 1]]);
    assert.deepEqual(means(SCORE)[1], [noon('2026-03-02'), 81]);
  });

  it('never asks for more rows at once than Home Assistant likes', async () => {
    for (let day = '2024-01-01'; day < '2026-03-01'; day = addDays(day, 1)) rig.add('daily_sleep', sleepDay(day, 70));
    rig.family = { ...rig.family, from: '2015-01-01' };
    await rig.run(['sleep_score']);
    assert.deepEqual(
      sent().map(([, rows]) => rows),
      [LIMITS.statisticsPerCall, 290],
    );
    assert.equal(means(SCORE).length, 790);
  });

  it('tells a new name although no value has changed', async () => {
    rig.add('daily_sleep', sleepDay('2026-03-01', 80));
    await rig.run(['sleep_score']);
    await rig.run(['sleep_score'], { deviceName: 'Oura Ann' });
    assert.equal(rig.recorder.statistics.get(SCORE)?.metadata['name'], 'Oura Ann sleep_score');
    sent();
    await rig.run(['sleep_score'], { deviceName: 'Oura Ann' });
    assert.deepEqual(sent(), []);
  });

  it('is understood by a Home Assistant that does not know the new keys', async () => {
    const old = await StatisticsRig.start('2024.1.6');
    old.add('daily_sleep', sleepDay('2026-03-01', 80)).add('daily_activity', activityDay('2026-03-01', 5));
    await old.run(['sleep_score', 'steps']).finally(() => old.clear());
    assert.deepEqual([old.recorder.rows(SCORE).length, old.recorder.rows(STEPS).length], [1, 1]);
  });

  it('keeps the others up to date when one family cannot be imported', async () => {
    rig.add('daily_sleep', sleepDay('2026-03-01', 80)).add('daily_activity', activityDay('2026-03-01', 5));
    rig.recorder.refuse(SCORE);
    const { errors, statistics } = await rig.run(['sleep_score', 'steps']);
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['home_refused'],
    );
    assert.deepEqual(
      statistics.map(({ missing }) => missing),
      ['home_refused', null],
    );
    assert.equal(sums(STEPS).length, 1);
    rig.recorder.refuse(null);
    await rig.run(['sleep_score', 'steps']);
    assert.equal(means(SCORE).length, 1);
  });
});
