import assert from 'node:assert/strict';
import type { ImporterState, StatisticsImporter } from '../../lib/statistics/statistics-importer';
import { clearStatisticsOfGone, type ClearPorts } from '../../lib/statistics/clear-statistics-of-gone';
import { systemClock } from '../../lib/async/system-clock';
import { LIMITS } from '../../lib/catalogue/limits';
import { FakeClock } from '../support/fake-clock';
import { activityDay, HOME, NODE, sleepDay, StatisticsRig } from './support/statistics-rig';

const SCORE = 'oura:anna_sleep_score';
const STEPS = 'oura:anna_steps';
const patient = new AbortController().signal;

describe('what keeps statistics right', () => {
  let rig: StatisticsRig;
  const ends: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    rig = await StatisticsRig.start();
    rig.add('daily_sleep', sleepDay('2026-03-01', 80)).add('daily_activity', activityDay('2026-03-01', 1000));
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
    await rig.clear();
  });

  const begin = (importer: StatisticsImporter): (() => Promise<void>) => {
    const stop = new AbortController();
    const running = importer.run(stop.signal);
    const end = async (): Promise<void> => {
      stop.abort(new DOMException('over', 'AbortError'));
      await running;
    };
    ends.push(end);
    return end;
  };
  const until = (importer: StatisticsImporter, isThere: (state: ImporterState) => boolean): Promise<void> =>
    new Promise((resolve) => {
      if (isThere(importer.state)) resolve();
      else
        importer.states.add((state) => {
          if (isThere(state)) resolve();
        });
    });
  const done = (importer: StatisticsImporter): Promise<void> => until(importer, ({ kind }) => kind === 'done');
  const values = (id: string): readonly unknown[] => rig.recorder.rows(id).map(({ mean, sum }) => mean ?? sum);

  it('imports by itself and follows what changes', async () => {
    const importer = rig.importer();
    begin(importer);
    await done(importer);
    assert.deepEqual([values(SCORE), values(STEPS)], [[80], [1000]]);
    await importer.importNow(null, patient); // after the first report
    const reported = new Promise((resolve) => importer.reports.add(resolve));
    rig.add('daily_sleep', sleepDay('2026-03-01', 81));
    importer.wake();
    await reported;
    assert.deepEqual(values(SCORE), [81]);
  });

  it('shows how far it has come, and how many there are at the end', async () => {
    const importer = rig.importer();
    const states: ImporterState[] = [];
    importer.states.add((state) => states.push(state));
    begin(importer);
    await done(importer);
    assert.deepEqual(states, [
      { kind: 'importing', percent: 50 },
      { kind: 'importing', percent: 99 },
      { kind: 'done', statistics: 2 },
    ]);
  });

  it('sends nothing after a restart when nothing changed', async () => {
    const first = rig.importer();
    const end = begin(first);
    await done(first);
    await end();
    rig.recorder.imports.splice(0);
    const second = rig.importer();
    begin(second);
    await done(second);
    assert.deepEqual(rig.recorder.imports, []);
  });

  it('brings back what Home Assistant has lost, when it comes back without it', async () => {
    const importer = rig.importer();
    begin(importer);
    await done(importer);
    await importer.importNow(null, patient);
    const reported = new Promise((resolve) => importer.reports.add(resolve));
    rig.recorder.statistics.clear();
    await rig.restart();
    await reported;
    assert.deepEqual([values(SCORE), values(STEPS)], [[80], [1000]]);
  });

  it('brings back what somebody has taken away in Home Assistant while it was connected', async () => {
    rig.add('daily_sleep', sleepDay('2026-03-02', 81)).add('daily_activity', activityDay('2026-03-02', 500));
    const importer = rig.importer();
    begin(importer);
    await done(importer);
    rig.recorder.statistics.clear();
    rig.add('daily_sleep', sleepDay('2026-03-03', 82)).add('daily_activity', activityDay('2026-03-03', 1));
    await importer.importNow(null, patient);
    assert.deepEqual(
      [values(SCORE), values(STEPS)],
      [
        [80, 81, 82],
        [1000, 1500, 1501],
      ],
    );
  });

  it('goes on where it was after it was stopped', async () => {
    rig.recorder.hold();
    const importer = rig.importer();
    begin(importer);
    await until(importer, ({ kind }) => kind === 'importing');
    importer.stop();
    assert.deepEqual(importer.state, { kind: 'stopped' });
    rig.recorder.release();
    const { sent, statistics } = await importer.importNow(null, patient);
    assert.deepEqual([values(SCORE), values(STEPS)], [[80], [1000]]);
    assert.equal(sent, 1); // the score was on its way already
    assert.deepEqual(
      statistics.map(({ to }) => to),
      ['2026-03-31', '2026-03-30'],
    );
  });

  it('follows by itself again after the message that ended a stop', async () => {
    const clock = new FakeClock(rig.now());
    const importer = rig.importer({ clock });
    begin(importer);
    await done(importer);
    importer.stop();
    importer.wake();
    await rig.home.call({ type: 'get_config' }); // it has looked, and rests
    await importer.importNow(null, patient);
    rig.moment = '2026-04-01T10:00:00Z';
    rig.add('daily_sleep', sleepDay('2026-04-01', 90)); // its hour has not come yet
    await importer.importNow(null, patient);
    assert.deepEqual(values(SCORE), [80]);
    rig.moment = '2026-04-01T12:00:00Z';
    const reported: unknown[] = [];
    importer.reports.add((report) => reported.push(report));
    for (let minutes = 0; minutes < 24 * 60 && reported.length === 0; minutes += 1) {
      await clock.advance(60_000);
      await rig.home.call({ type: 'get_config' });
    }
    assert.deepEqual(values(SCORE), [80, 90]);
  });

  it('does not count as done what cannot be read back, says so, and tries again', async () => {
    rig.recorder.hold();
    const clock = new FakeClock();
    const importer = rig.importer({ clock });
    begin(importer);
    while (importer.state.kind !== 'problem') {
      await clock.untilWaiting();
      await clock.advance(clock.untilNext ?? 0);
    }
    assert.equal(importer.state.error.code, 'statistics_unread');
    assert.equal(rig.ledger.madeBy(NODE, HOME)[SCORE]?.seq, null);
    rig.recorder.release();
    await clock.untilWaiting();
    await clock.advance(LIMITS.statisticsRetryFirstMs);
    await clock.drive(done(importer));
    assert.deepEqual(values(SCORE), [80]);
    assert.notEqual(rig.ledger.madeBy(NODE, HOME)[SCORE]?.seq, null);
  });

  it('waits while Home Assistant is away, and catches up when it is back', async () => {
    const importer = rig.importer();
    begin(importer);
    await done(importer);
    await rig.server.stop();
    await until(importer, ({ kind }) => kind === 'problem');
    rig.add('daily_sleep', sleepDay('2026-03-02', 82));
    importer.wake();
    await rig.server.startAgain();
    await done(importer);
    assert.deepEqual(values(SCORE), [80, 82]);
  });

  it('says that only an administrator may import', async () => {
    rig.server.isAdmin = false;
    await rig.restart();
    await assert.rejects(rig.importer().importNow(null, patient), { code: 'home_not_admin' });
    assert.deepEqual(rig.recorder.imports, []);
  });

  it('takes away all that it has imported, ours only, and imports again only when it is asked to', async () => {
    rig.recorder.statistics.set('other:power', { metadata: { statistic_id: 'other:power' }, rows: new Map() });
    const importer = rig.importer();
    const end = begin(importer);
    await done(importer);
    assert.deepEqual([...(await importer.remove(patient))].toSorted(), [SCORE, STEPS]);
    assert.deepEqual([...rig.recorder.statistics.keys()], ['other:power']);
    assert.deepEqual(importer.state, { kind: 'removed' });
    await end();
    const again = rig.importer();
    begin(again);
    await until(again, ({ kind }) => kind === 'removed');
    await again.importNow(null, patient);
    assert.deepEqual(values(SCORE), [80]);
  });

  it('takes away what is of another slug or not wanted any more, once the new ones are there', async () => {
    const before = rig.importer();
    const end = begin(before);
    await done(before);
    await end();
    const after = rig.importer({ wanted: rig.wanted({ slug: 'ann', metrics: ['sleep_score'] }) });
    const { removed } = await after.importNow(null, patient);
    assert.deepEqual([...removed].toSorted(), [SCORE, STEPS]);
    assert.deepEqual([...rig.recorder.statistics.keys()], ['oura:ann_sleep_score']);
  });

  it('leaves what another node keeps', async () => {
    await rig.importer().importNow(null, patient);
    const other = rig.importer({ owner: 'other', wanted: rig.wanted({ metrics: ['sleep_score'] }) });
    await other.importNow(null, patient);
    assert.deepEqual(await other.remove(patient), []);
    assert.deepEqual(values(SCORE), [80]);
  });

  it('chooses the zone once, as soon as it can be known, and keeps it on journeys', async () => {
    rig.chosenZone = '';
    rig.zone = 'UTC+2';
    rig.families.set('sleep', { ...rig.family, from: null, reason: 'pending' });
    const importer = rig.importer();
    assert.deepEqual((await importer.importNow(null, patient)).statistics, []);
    rig.families.clear();
    await importer.importNow(null, patient);
    rig.zone = 'UTC-8';
    rig.add('daily_sleep', sleepDay('2026-03-02', 82));
    await importer.importNow(null, patient);
    const hours = rig.recorder.rows(SCORE).map(({ start }) => new Date(start).toISOString().slice(0, 13));
    assert.deepEqual(hours, ['2026-03-01T10', '2026-03-02T10']);
  });

  describe('when a node is gone from the flows', () => {
    const ports = (more: Partial<ClearPorts> = {}): ClearPorts => ({
      persons: () => [rig.settings],
      hasLeft: (owner) => owner === NODE,
      isWanted: () => false,
      clock: systemClock,
      logger: { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined },
      ...more,
    });
    const link = (id = HOME): Parameters<typeof clearStatisticsOfGone>[1] => {
      const rest = { entities: 'mqtt', discoveryPrefix: 'homeassistant', language: '', broker: null } as const;
      return { id, homeAssistant: rig.home, ...rest };
    };

    it('takes its statistics away, and forgets it', async () => {
      await rig.importer().importNow(null, patient);
      await clearStatisticsOfGone(ports(), link('another home'), patient);
      assert.equal(rig.recorder.statistics.size, 2);
      await clearStatisticsOfGone(ports(), link(), patient);
      assert.equal(rig.recorder.statistics.size, 0);
      assert.deepEqual(rig.ledger.owners, []);
    });

    it('leaves them to a node that wants them from now on', async () => {
      await rig.importer().importNow(null, patient);
      await clearStatisticsOfGone(ports({ isWanted: (id) => id === SCORE }), link(), patient);
      assert.deepEqual([...rig.recorder.statistics.keys()], [SCORE]);
      assert.deepEqual(rig.ledger.owners, []);
    });

    it('keeps them for the next time when Home Assistant is away', async () => {
      await rig.importer().importNow(null, patient);
      await rig.server.stop();
      await clearStatisticsOfGone(ports(), link(), patient);
      assert.equal(Object.keys(rig.ledger.madeBy(NODE, HOME)).length, 2);
    });
  });
});
