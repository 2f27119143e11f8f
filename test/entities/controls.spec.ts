import assert from 'node:assert/strict';
import { HandPerson, type HandDocument } from '../simulator/server/support/hand-person';
import { dailySleep } from '../support/days';
import { EntitiesRig } from './entities-rig';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const readiness = (day: string, score: number): HandDocument => ({
  endpoint: 'daily_readiness',
  anchor: `${day}T00:00:00Z`,
  body: { id: `r-${day}`, day, score, temperature_deviation: 0.4, contributors: {}, timestamp: `${day}T00:00:00+00:00` },
});
const stress: HandDocument = {
  endpoint: 'daily_stress',
  anchor: '2026-03-15T00:00:00Z',
  body: { id: 'stress', day: '2026-03-15', stress_high: 7200, recovery_high: 0, day_summary: null },
};

describe('controls of a person', () => {
  let rig: EntitiesRig;
  beforeEach(async () => {
    const documents = [readiness('2026-03-15', 70), stress, dailySleep('2026-03-15', 72)];
    rig = await EntitiesRig.of('2026-03-15T09:00:00Z', new HandPerson(documents, { zone: 'UTC' }));
  });
  afterEach(() => rig.clear());

  it('are kept, shown at once and told once', async () => {
    const { heard } = await rig.shown();
    rig.home.use('automation_mode', 'ask');
    rig.home.use('notifications', false);
    rig.home.use('target_steps', 9000);
    assert.deepEqual(
      ['automation_mode', 'notifications', 'target_steps'].map((key) => rig.home.state(key)),
      ['ask', false, 9000],
    );
    assert.deepEqual(heard, [
      { key: 'automation_mode', value: 'ask', previous: 'suggest' },
      { key: 'notifications', value: false, previous: true },
      { key: 'target_steps', value: 9000, previous: 8000 },
    ]);
    rig.home.use('automation_mode', 'ask');
    assert.equal(heard.length, 3); // nothing changed
  });

  for (const [threshold, value, judgement, before, after] of [
    ['alert_readiness_score', 71, 'recovery_needed', false, true],
    ['target_readiness_score', 70, 'optimal_readiness', false, true],
    ['alert_stress_high', 105, 'high_stress', false, true],
    ['alert_temperature_deviation', 0.3, 'temperature_elevated', false, true],
  ] as const) {
    it(`move ${judgement} at once when ${threshold} is set`, async () => {
      await rig.shown();
      assert.equal(rig.home.state(judgement), before);
      rig.home.use(threshold, value);
      assert.equal(rig.home.state(judgement), after);
      assert.equal(rig.home.attributes(judgement)['basis'], 'score');
    });
  }

  it('refuse what they cannot take: the value stays, nothing is told, and the log names the control only', async () => {
    const { heard } = await rig.shown();
    for (const [key, value] of [
      ['automation_mode', 'always'],
      ['target_steps', 99_999],
      ['target_steps', 'many'],
      ['notifications', 'on'],
      ['alert_sleep_score', Number.NaN],
      ['connected', true],
    ] as const)
      rig.home.use(key, value);
    assert.deepEqual(heard, []);
    assert.deepEqual(
      [rig.home.state('automation_mode'), rig.home.state('target_steps'), rig.home.state('notifications')],
      ['suggest', 8000, true],
    );
    const lines = rig.log.filter((line) => line.startsWith('warn'));
    assert.equal(lines.length, 6);
    for (const line of lines) assert.doesNotMatch(line, /always|99999|many/);
  });

  it('survive a restart', async () => {
    await rig.shown();
    rig.home.use('alert_readiness_score', 71);
    rig.home.use('pause_until_tomorrow', true);
    await rig.stop();
    const again = new EntitiesRig(rig.server, rig.folder);
    const { heard } = await again.shown();
    assert.deepEqual([again.home.state('alert_readiness_score'), again.home.state('recovery_needed')], [71, true]);
    assert.deepEqual(
      [again.home.state('pause_until_tomorrow'), again.home.attributes('pause_until_tomorrow')],
      [true, { until: '2026-03-16T00:00:00.000Z' }],
    );
    assert.deepEqual(heard, []);
    await again.clear();
  });

  it('are one set, however many nodes show them', async () => {
    const one = await rig.shown();
    const other = await rig.shown({ id: 'account-2', name: 'Second' }, { owner: 'node-2', wishes: { groups: ['control'], metrics: [] } });
    rig.home.use('automation_mode', 'off'); // both nodes hear the topic
    assert.deepEqual([rig.home.state('automation_mode'), rig.home.state('automation_mode', 'second')], ['off', 'off']);
    assert.deepEqual([one.heard.length, other.heard.length], [1, 1]);
  });

  it('pause until the day after, when it is past midnight and nothing was read since', async () => {
    await rig.shown();
    rig.server.control.advance(16 * HOUR);
    rig.home.use('pause_until_tomorrow', true);
    assert.equal(rig.home.attributes('pause_until_tomorrow')['until'], '2026-03-17T00:00:00.000Z');
  });

  it('pause everything until the next local day begins, and then end the pause by themselves', async () => {
    const served = await rig.shown();
    rig.home.use('pause_until_tomorrow', true);
    const { controls } = rig.persons.of(served.lease.session.host?.settings ?? assert.fail());
    assert.equal(controls.pausedUntil, Date.parse('2026-03-16T00:00:00Z'));
    await rig.later(served, 14 * HOUR);
    assert.equal(rig.home.state('pause_until_tomorrow'), true);
    await rig.later(served, 2 * HOUR);
    assert.deepEqual([rig.home.state('pause_until_tomorrow'), controls.pausedUntil], [false, null]);
    assert.deepEqual(served.heard.at(-1), { key: 'pause_until_tomorrow', value: false, previous: true });
  });

  it('ask Oura now, once, however often the button is pressed', async () => {
    const { heard, lease } = await rig.shown();
    const before = rig.requestsTo('daily_sleep').length;
    for (let press = 0; press < 3; press += 1) rig.home.use('refresh_data', null);
    await rig.until('the reading', () => rig.requestsTo('daily_sleep').length > before);
    await rig.loaded(lease);
    await rig.until('the end', () => rig.requestsTo('ring_battery_level').length > 2);
    assert.equal(rig.requestsTo('daily_sleep').length, before + 1);
    assert.deepEqual(
      heard,
      Array.from({ length: 3 }, () => ({ key: 'refresh_data', value: null, previous: null })),
    );
  });

  it('tell of the recovery protocol, and change nothing', async () => {
    const { heard } = await rig.shown();
    const before = rig.home.states.length;
    rig.home.use('trigger_recovery_protocol', null);
    assert.deepEqual(heard, [{ key: 'trigger_recovery_protocol', value: null, previous: null }]);
    assert.equal(rig.home.states.length, before);
  });
});
