import assert from 'node:assert/strict';
import { AccountRig } from '../support/account-rig';
import { dailySleep, heartRate, night } from '../support/days';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud } from '../simulator/server/support/test-cloud';

const NOW = '2026-03-15T09:00:00Z';

/** The days from `count - 1` days ago to 2026-03-15. */
function daysBack(count: number): readonly string[] {
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.parse('2026-03-15T00:00:00Z') - back * 86_400_000).toISOString().slice(0, 10),
  ).toReversed();
}

describe('first connection of a person', () => {
  let cloud: TestCloud;
  let rig: AccountRig;
  const days = daysBack(200);

  beforeEach(async () => {
    const rows = daysBack(40).flatMap((day) =>
      [6, 12, 18].map((hour) => heartRate(`${day}T${String(hour).padStart(2, '0')}:00:00.000Z`, 50 + hour)),
    );
    const person = new HandPerson([...days.map((day) => dailySleep(day, 80)), ...days.map((day) => night(day)), ...rows], { zone: 'UTC' });
    cloud = await TestCloud.start([person], NOW);
    rig = new AccountRig(cloud.server);
  });
  afterEach(() => rig.clear());

  it('loads the newest days of every family before any history', async () => {
    const lease = rig.acquire({ historyDays: 180, timezone: 'UTC' });
    await rig.loaded(lease);
    const asked = rig.requestsTo('daily_sleep').map(({ query }) => (query as Record<string, string>)['start_date']);
    assert.equal(asked[0], '2026-03-08'); // seven days up to today, one more for the window rule
    assert.ok(asked.length >= 2);
    const synced = rig.events.filter((event) => event.type === 'synced');
    assert.deepEqual(
      synced
        .filter(({ endpoint }) => endpoint === 'sleep')
        .map(({ fetch }) => fetch)
        .slice(0, 2),
      ['first', 'history'],
    );
  });

  it('loads every day that is wanted, once', async () => {
    const lease = rig.acquire({ historyDays: 180, timezone: 'UTC' });
    await rig.loaded(lease);
    const store = lease.session.host?.keeper.current;
    const wanted = daysBack(180);
    assert.deepEqual(
      store?.documents.range('daily_sleep', wanted[0] ?? null, '2026-03-15').map(({ day }) => day),
      wanted,
    );
    assert.deepEqual(
      store.documents.range('sleep', wanted[0] ?? null, '2026-03-15').map(({ day }) => day),
      wanted,
    );
    assert.equal(store.series.range('heartrate', 0, Date.parse(NOW)).length, daysBack(40).length * 3 - 2); // 12 and 18 o'clock of today are to come
  });

  it('marks everything of the first load and the history as historic', async () => {
    const lease = rig.acquire({ historyDays: 100, timezone: 'UTC' });
    await rig.loaded(lease);
    const changes = lease.session.host?.keeper.current.changes.read({ after: 0, limit: 10_000 }) ?? [];
    assert.ok(changes.length > 100);
    assert.ok(changes.every(({ historic, via, kind }) => historic && via === 'backfill' && kind === 'created'));
  });

  it('tells its progress and ends as connected', async () => {
    const lease = rig.acquire({ historyDays: 180, timezone: 'UTC' });
    await rig.loaded(lease);
    const percents = rig.events.flatMap((event) => (event.type === 'state' && event.state.kind === 'syncing' ? [event.state.percent] : []));
    assert.ok(percents.length >= 3);
    assert.deepEqual(
      percents,
      percents.toSorted((a, b) => a - b),
    );
    assert.equal(lease.session.state.kind, 'connected');
  });

  it('can be stopped and goes on later where it stopped', async () => {
    const lease = rig.acquire({ historyDays: 180, timezone: 'UTC' });
    const engine = await rig.engine(lease);
    await rig.until('the first load', () => engine.family('daily_sleep').reached !== null);
    engine.runHistory(false);
    await rig.until('a rest', () => engine.state.kind === 'connected');
    const reached = engine.family('daily_sleep').reached ?? '';
    assert.ok(reached > '2025-09-17');
    engine.runHistory(true);
    await rig.until('all loaded', () => engine.state.kind === 'connected' && engine.family('daily_sleep').reached === engine.historyFrom);
  });

  it('does not ask again after a restart for history that is there', async () => {
    const lease = rig.acquire({ historyDays: 180, timezone: 'UTC' });
    await rig.loaded(lease);
    await rig.stop();
    cloud.control.reset();
    const again = new AccountRig(cloud.server, rig.folder);
    const second = again.acquire({ historyDays: 180, timezone: 'UTC' });
    await again.loaded(second);
    await cloud.base.advance(16 * 60_000);
    assert.ok(rig.requestsTo('daily_sleep').every(({ query }) => ((query as Record<string, string>)['start_date'] ?? '') > '2026-03-01'));
    await again.stop();
  });

  it('goes on with a history that was interrupted by a crash', async () => {
    const lease = rig.acquire({ historyDays: 180, timezone: 'UTC' });
    const engine = await rig.engine(lease);
    await rig.until('some history', () => (engine.family('sleep').reached ?? '9') < '2026-02-01');
    await rig.stop();
    const again = new AccountRig(cloud.server, rig.folder);
    const second = again.acquire({ historyDays: 180, timezone: 'UTC' });
    await again.loaded(second);
    assert.equal(second.session.host?.keeper.current.documents.range('sleep', '2025-09-17', '2026-03-15').length, 180);
    await again.stop();
  });
});
