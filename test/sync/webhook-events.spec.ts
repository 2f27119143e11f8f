import assert from 'node:assert/strict';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import type { Lease } from '../../lib/runtime';
import { ChangeReader, type ReadChange } from '../../lib/sources/change-reader';
import type { WebhookHealth } from '../../lib/sync/engine-events';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud, TOKEN } from '../simulator/server/support/test-cloud';
import { dailyActivity, dailySleep, heartRate, night } from '../support/days';
import { signed, told, WebhookRig } from '../support/webhook-rig';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const NOW = '2026-03-15T09:00:00Z';

const battery = (timestamp: string, level: number) => ({
  endpoint: 'ring_battery_level' as const,
  anchor: timestamp,
  body: { timestamp, level },
});

describe('an account that Oura sends events', () => {
  let cloud: TestCloud;
  let hooks: WebhookRig;
  let lease: Lease;

  beforeEach(async () => {
    const documents = [
      dailySleep('2026-03-13', 71),
      dailySleep('2026-03-14', 72),
      night('2026-03-14'),
      night('2026-03-15'),
      dailyActivity('2026-03-15', 100),
      heartRate('2026-03-15T08:00:00.000Z', 61),
      battery('2026-03-15T08:00:00.000Z', 80),
    ];
    cloud = await TestCloud.start([new HandPerson(documents, { zone: 'UTC' })], NOW);
    hooks = await WebhookRig.start(cloud);
    lease = hooks.account({ families: {} });
    await hooks.rig.loaded(lease);
    await hooks.subscribed(lease);
  });
  afterEach(() => hooks.clear());

  const store = () => {
    const current = lease.session.host?.keeper.current;
    assert.ok(current !== undefined);
    return current;
  };
  const changes = () => store().changes.read({ after: 0, limit: 1000, historic: false });
  const scoreOf = (day: string): unknown => store().documents.find('daily_sleep', `ds-${day}`)?.body['score'];
  const waiting = (): number => store().events.count();
  /** Ids asked for, `collection` where all of a family was asked for, since a number of requests. */
  const asked = (endpoint: EndpointKey, since = 0): readonly string[] =>
    hooks.rig.server.control
      .requests()
      .slice(since)
      .filter(({ path }) => path.split('/')[3] === endpoint)
      .map(({ path }) => path.split('/')[4] ?? 'collection');
  const count = (): number => cloud.control.requests().length;
  /** Oura sends what there is to send, half a minute later. */
  const deliver = async (): Promise<void> => {
    const deliveries = await cloud.control.deliver(cloud.control.advance(30 * SECOND));
    assert.ok(deliveries.length > 0 && deliveries.every(({ status }) => status === 200));
  };
  /** An event of a document that Oura may not have yet. */
  const post = async (id: string, more: object = {}): Promise<void> => {
    const { now } = cloud.control;
    const body = told('person-1', { object_id: id, event_time: new Date(now).toISOString(), ...more });
    assert.equal(await hooks.post(signed(body, now)), 200);
  };
  const quiet = async (ms: number, stepMs: number): Promise<void> => {
    const end = cloud.control.now + ms;
    await hooks.rig.passing('some time', stepMs, () => cloud.control.now >= end);
  };

  it('has a new document within seconds, by one request for that document, told as by a webhook', async () => {
    cloud.control.put('daily_sleep', dailySleep('2026-03-15', 85).body);
    await deliver();
    const before = count();
    const heardAt = cloud.control.now;
    await hooks.rig.passing('the score', 250, () => scoreOf('2026-03-15') === 85);
    assert.ok(cloud.control.now - heardAt <= 3 * SECOND);
    await quiet(MINUTE, SECOND);
    assert.deepEqual(asked('daily_sleep', before), ['ds-2026-03-15']);
    assert.deepEqual(
      changes().map(({ endpoint, kind, via, day }) => [endpoint, kind, via, day]),
      [['daily_sleep', 'created', 'webhook', '2026-03-15']],
    );
    assert.equal(waiting(), 0);
  });

  it('asks once for five documents of one family that come in a swarm', async () => {
    for (const id of ['w-1', 'w-2', 'w-3', 'w-4', 'w-5']) {
      const start_datetime = `2026-03-15T0${id.slice(2)}:00:00Z`;
      cloud.control.put('workout', { id, day: '2026-03-15', activity: 'walking', start_datetime, end_datetime: start_datetime });
    }
    await deliver();
    assert.equal(waiting(), 5);
    const before = count();
    await hooks.rig.passing('all of them', 250, () => waiting() === 0);
    await quiet(MINUTE, SECOND);
    assert.deepEqual(asked('workout', before), ['collection']);
    assert.equal(store().documents.range('workout', null, null).length, 5);
  });

  it('asks one by one for amended documents of a swarm that are older than what is new', async () => {
    for (const day of ['2026-03-10', '2026-03-13', '2026-03-14']) cloud.control.put('daily_sleep', dailySleep(day, 90).body);
    await deliver();
    const before = count();
    await hooks.rig.passing('all of them', 250, () => waiting() === 0);
    assert.deepEqual(asked('daily_sleep', before), ['collection', 'ds-2026-03-10']);
    for (const day of ['2026-03-10', '2026-03-13', '2026-03-14']) assert.equal(scoreOf(day), 90);
  });

  it('LESSON: webhook arrives before the document can be read (404): it is asked for again, less and less often, until it is there', async () => {
    const before = count();
    await post('ds-2026-03-15');
    await quiet(10 * MINUTE, 5 * SECOND);
    const tries = asked('daily_sleep', before).length;
    assert.ok(tries >= 4 && tries <= 6, `${String(tries)} tries`); // at 0, 0.5, 1.5, 3.5 and 7.5 min
    assert.equal(waiting(), 1);
    assert.deepEqual(lease.session.problems, []);
    cloud.control.put('daily_sleep', dailySleep('2026-03-15', 85).body);
    await hooks.rig.passing('the score', 10 * SECOND, () => scoreOf('2026-03-15') === 85);
    await hooks.rig.until('the end of waiting', () => waiting() === 0);
    assert.equal(changes().at(-1)?.via, 'webhook');
  });

  it('gives up a document that never comes, within a day, and stays well', async () => {
    await post('ds-2026-03-15');
    await hooks.rig.passing('the end of waiting', 5 * MINUTE, () => waiting() === 0);
    assert.ok(cloud.control.now - Date.parse(NOW) < 24 * HOUR);
    assert.equal(store().documents.find('daily_sleep', 'ds-2026-03-15'), null);
    assert.deepEqual(lease.session.problems, []);
  });

  it('LESSON: delete events ignored: the document goes, and a source is told what was there', async () => {
    const keeper = lease.session.host?.keeper;
    assert.ok(keeper !== undefined);
    const reader = new ChangeReader(keeper, { reader: 'source', endpoint: 'daily_sleep', history: false }, cloud.control.now);
    cloud.control.remove('daily_sleep', 'ds-2026-03-14');
    const before = count();
    await deliver();
    await hooks.rig.until('the deletion', () => scoreOf('2026-03-14') === undefined);
    const heard: ReadChange[] = [];
    reader.pull(cloud.control.now, (change) => {
      heard.push(change);
    });
    assert.deepEqual(
      heard.map(({ change, payload, previous }) => [change.kind, change.via, payload, previous]),
      [['deleted', 'webhook', { id: 'ds-2026-03-14', day: '2026-03-14' }, dailySleep('2026-03-14', 72).body]],
    );
    const synced = hooks.rig.events.flatMap((event) => (event.type === 'synced' && event.outcome.deleted > 0 ? [event.endpoint] : []));
    assert.deepEqual(synced, ['daily_sleep']);
    assert.equal(lease.session.host?.engine?.family('daily_sleep').newestDay, '2026-03-13');
    assert.deepEqual(asked('daily_sleep', before), []);
  });

  it('does not bring back what was deleted while it was on its way', async () => {
    const { body } = dailySleep('2026-03-15', 85);
    cloud.control.fail({ match: { path: '/v2/usercollection/daily_sleep/ds-2026-03-15' }, hangMs: 10 * SECOND, status: 200, body });
    const before = count();
    await post('ds-2026-03-15');
    await hooks.rig.passing('the question', 250, () => asked('daily_sleep', before).length === 1);
    await post('ds-2026-03-15', { event_type: 'delete' });
    await quiet(MINUTE, SECOND);
    assert.deepEqual([scoreOf('2026-03-15'), waiting()], [undefined, 0]);
    assert.deepEqual(asked('daily_sleep', before), ['ds-2026-03-15']);
  });

  it('asks for nothing because of an id that can be none', async () => {
    const before = count();
    for (const id of ['..', '.']) {
      await post(id);
      await hooks.rig.passing('the end of waiting', SECOND, () => waiting() === 0);
    }
    assert.deepEqual(asked('daily_sleep', before), []);
    assert.deepEqual(lease.session.problems, []);
  });

  it('reads heart rate and battery, of which Oura sends no events, along with those of others', async () => {
    cloud.control.put('heartrate', heartRate('2026-03-15T09:05:00.000Z', 64).body);
    cloud.control.put('ring_battery_level', battery('2026-03-15T09:05:00.000Z', 79).body);
    cloud.control.put('daily_activity', dailyActivity('2026-03-15', 900).body);
    await deliver();
    const heardAt = cloud.control.now;
    await hooks.rig.passing('the heart rate', SECOND, () => store().series.newest('heartrate')?.body['bpm'] === 64);
    assert.ok(cloud.control.now - heardAt <= MINUTE);
    for (let sync = 1; sync <= 8 && store().series.newest('ring_battery_level')?.body['level'] !== 79; sync += 1) {
      cloud.control.advance(40 * MINUTE);
      cloud.control.put('daily_activity', dailyActivity('2026-03-15', 900 + sync).body);
      await deliver();
      await quiet(MINUTE, 2 * SECOND);
    }
    assert.equal(store().series.newest('ring_battery_level')?.body['level'], 79);
  });

  it('loses nothing when it ends between an event and its document', async () => {
    cloud.control.put('daily_sleep', dailySleep('2026-03-15', 85).body);
    cloud.control.remove('daily_sleep', 'ds-2026-03-13');
    const before = count();
    await deliver();
    await hooks.restart();
    assert.deepEqual(asked('daily_sleep', before), []);
    lease = hooks.account({ families: {} });
    await hooks.rig.engine(lease);
    await hooks.rig.passing('the score', 250, () => scoreOf('2026-03-15') === 85);
    await hooks.rig.until('the deletion', () => scoreOf('2026-03-13') === undefined);
    await hooks.rig.until('the end of waiting', () => waiting() === 0);
    assert.deepEqual(
      changes()
        .map(({ kind, via, day }) => [kind, via, day])
        .toSorted(),
      [
        ['created', 'webhook', '2026-03-15'],
        ['deleted', 'webhook', '2026-03-13'],
      ],
    );
  });

  it('keeps an event while Oura fails, and fetches its document afterwards', async () => {
    cloud.control.fail({ match: { path: '/v2/usercollection/daily_sleep/ds-2026-03-15' }, status: 500 });
    cloud.control.put('daily_sleep', dailySleep('2026-03-15', 85).body);
    await deliver();
    await hooks.rig.passing('a failure', 2 * SECOND, () => store().events.list()[0]?.tries === 1);
    const codes = lease.session.problems.map(({ error }) => error.code);
    assert.deepEqual([codes, lease.session.host?.engine?.family('daily_sleep').retryAt], [['server_failed'], null]); // of one document only
    cloud.control.clearFaults();
    await hooks.rig.passing('the score', 30 * SECOND, () => scoreOf('2026-03-15') === 85);
    await hooks.rig.until('the end of waiting', () => waiting() === 0 && lease.session.problems.length === 0);
    assert.equal(changes().at(-1)?.via, 'webhook');
  });

  it('reads everything once when Oura answers again after an outage in which events came', async () => {
    cloud.control.fail({ status: 503 });
    cloud.control.put('daily_sleep', dailySleep('2026-03-15', 85).body);
    await deliver();
    await quiet(40 * MINUTE, MINUTE);
    cloud.control.put('ring_battery_level', battery('2026-03-15T09:05:00.000Z', 79).body); // no event tells of it
    cloud.control.clearFaults();
    const end = cloud.control.now;
    await hooks.rig.passing('the battery', MINUTE, () => store().series.newest('ring_battery_level')?.body['level'] === 79);
    assert.ok(cloud.control.now - end <= 31 * MINUTE);
    await hooks.rig.passing('the score', MINUTE, () => scoreOf('2026-03-15') === 85);
    assert.ok(cloud.control.now - end <= 32 * MINUTE);
  });

  it('asks for nothing of a family that it has no permission for, and lets go of its events after a day', async () => {
    cloud.control.setScopes(TOKEN, ['personal', 'daily', 'heartrate']);
    await post('w-1', { data_type: 'workout' });
    await hooks.rig.passing('the refusal', SECOND, () => lease.session.host?.engine?.family('workout').blocked === 'no_scope');
    const before = count();
    await post('w-2', { data_type: 'workout' });
    await quiet(HOUR, MINUTE);
    assert.deepEqual(asked('workout', before), []);
    await hooks.rig.passing('the end of waiting', 10 * MINUTE, () => waiting() === 0);
    assert.ok(asked('workout', before).length <= 1);
  });

  describe('and that then stops hearing of anything', () => {
    const healths = (): readonly WebhookHealth[] => hooks.rig.events.flatMap((event) => (event.type === 'webhooks' ? [event.health] : []));
    let steps = 1000;
    /** The ring syncs every 10 minutes and no event tells of it, until something holds. */
    const unheard = async (what: string, probe: () => boolean): Promise<void> => {
      for (let sync = 0; sync < 150 && !probe(); sync += 1) {
        const time = new Date(cloud.control.now).toISOString();
        cloud.control.put('daily_activity', dailyActivity(time.slice(0, 10), (steps += 1)).body);
        cloud.control.put('heartrate', heartRate(time, 60).body);
        cloud.control.put('ring_battery_level', battery(time, 50).body);
        await quiet(10 * MINUTE, MINUTE);
      }
      assert.ok(probe(), what);
    };

    it('LESSON: webhook subscriptions active, silent for days: says so, polls as without them, and believes the next event', async () => {
      const silence = Date.parse(NOW);
      await unheard('silence to be noticed', () => healths().at(-1) === 'silent');
      assert.ok(cloud.control.now - silence <= 6 * HOUR, `noticed after ${String((cloud.control.now - silence) / HOUR)} h`);
      assert.equal(hooks.rig.runtime.webhooks.statusOf('account-1').state, 'silent');
      cloud.control.put('daily_sleep', dailySleep('2026-03-15', 85).body);
      cloud.control.put('sleep', night('2026-03-15', { latency: 60 }).body);
      await unheard('the night by polling', () => scoreOf('2026-03-15') === 85);
      assert.notEqual(changes().find(({ endpoint, day }) => endpoint === 'daily_sleep' && day === '2026-03-15')?.via, 'webhook');
      assert.equal(healths().at(-1), 'silent');
      await post('ds-2026-03-15', { event_type: 'update' });
      await hooks.rig.passing('the event to be believed', SECOND, () => healths().at(-1) === 'active');
      assert.equal(hooks.rig.runtime.webhooks.statusOf('account-1').state, 'active');
    });
  });
});
