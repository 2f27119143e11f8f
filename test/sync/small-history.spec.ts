import assert from 'node:assert/strict';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud } from '../simulator/server/support/test-cloud';
import { AccountRig } from '../support/account-rig';
import { dailySleep, heartRate, night } from '../support/days';

const DAYS = Array.from({ length: 20 }, (_, back) =>
  new Date(Date.parse('2026-03-15') - back * 86_400_000).toISOString().slice(0, 10),
).toReversed();

describe('an account that wants few days of history', () => {
  let cloud: TestCloud;
  let rig: AccountRig;

  beforeEach(async () => {
    const rows = DAYS.flatMap((day) => ['01:30', '07:00', '21:00'].map((time) => heartRate(`${day}T${time}:00.000Z`, 60)));
    const person = new HandPerson([...DAYS.flatMap((day) => [dailySleep(day, 80), night(day)]), ...rows], { zone: 'UTC' });
    cloud = await TestCloud.start([person], '2026-03-15T09:00:00Z');
    rig = new AccountRig(cloud.server);
  });
  afterEach(() => rig.clear());

  for (const [historyDays, timezone] of [
    [1, 'UTC'],
    [3, 'Europe/Helsinki'],
    [10, 'America/New_York'],
  ] as const) {
    it(`loads ${String(historyDays)} days in ${timezone}, and never calls older ones new`, async () => {
      const lease = rig.acquire({ historyDays, timezone });
      const engine = await rig.loaded(lease);
      const kept = lease.session.host?.keeper.current;
      for (const endpoint of ['daily_sleep', 'sleep'] as const) {
        assert.deepEqual(
          kept?.documents.range(endpoint, DAYS.at(-historyDays) ?? null, null).map(({ day }) => day),
          DAYS.slice(-historyDays),
        );
      }
      const days = kept?.documents.range('daily_sleep', null, null).length;
      const rows = kept?.series.range('heartrate', 0, Infinity).length ?? 0;
      const before = engine.family('heartrate').lastSuccessAt ?? 0;
      await rig.worn('two polls', 60_000, () => (engine.family('heartrate').lastSuccessAt ?? 0) > before + 59 * 60_000);
      const told = kept?.changes.read({ after: 0, limit: 1000, historic: false }) ?? [];
      assert.deepEqual(
        told.filter(({ endpoint }) => endpoint !== 'daily_activity'),
        [],
      );
      assert.equal(kept?.documents.range('daily_sleep', null, null).length, days);
      assert.equal(kept?.series.range('heartrate', 0, Infinity).length, rows);
      assert.equal(rows, timezone === 'America/New_York' ? historyDays * 3 - 1 : historyDays * 3); // 01:30 of the first day is of the day before there
    });
  }
});
