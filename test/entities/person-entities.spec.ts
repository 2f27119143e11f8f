import assert from 'node:assert/strict';
import { CONTROL_KEYS } from '../../lib/catalogue/controls';
import { METRIC_KEYS } from '../../lib/catalogue/metrics';
import { DIAGNOSTIC_KEYS } from '../../lib/entities/diagnostics';
import { EVENT_KEYS } from '../../lib/entities/event-rows';
import { JUDGEMENT_KEYS } from '../../lib/entities/judgements';
import type { Body } from '../../lib/ports/documents';
import { HandPerson, type HandDocument } from '../simulator/server/support/hand-person';
import { dailySleep, heartRate, night } from '../support/days';
import { EntitiesRig } from './entities-rig';
import { MemoryHome } from './memory-home';

const NOW = '2026-03-15T09:00:00Z';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const readiness = (day: string, score: number | null, visible?: string, more: Body = {}): HandDocument => ({
  endpoint: 'daily_readiness',
  anchor: `${day}T00:00:00Z`,
  ...(visible !== undefined && { visible }),
  body: { id: `r-${day}`, day, score, temperature_deviation: 0.4, contributors: {}, timestamp: `${day}T00:00:00+00:00`, ...more },
});
const activity = (day: string, steps: number, visible?: string, more: Body = {}): HandDocument => ({
  endpoint: 'daily_activity',
  anchor: `${day}T04:00:00Z`,
  ...(visible !== undefined && { visible }),
  body: { id: `a-${day}`, day, score: 80, steps, active_calories: 450, target_calories: 500, timestamp: `${day}T04:00:00+00:00`, ...more },
});
const nap = (day: string): HandDocument => ({
  ...night(day, {
    id: `n-${day}`,
    type: 'late_nap',
    bedtime_start: `${day}T15:00:00+00:00`,
    bedtime_end: `${day}T15:30:00+00:00`,
    total_sleep_duration: 1500,
  }),
  anchor: `${day}T15:00:00Z`,
  visible: `${day}T16:00:00Z`,
});

describe('the entities of a person', () => {
  let rig: EntitiesRig;
  const begin = async (documents: readonly HandDocument[], now = NOW): Promise<EntitiesRig> => {
    rig = await EntitiesRig.of(
      now,
      new HandPerson(documents, { zone: 'UTC' }),
      new HandPerson([dailySleep('2026-03-15', 55)], { zone: 'UTC', id: 'person-2' }),
    );
    return rig;
  };
  afterEach(() => rig.clear());

  it('are all metrics, judgements, controls, events and diagnostics of one device', async () => {
    await begin([dailySleep('2026-03-15', 72), night('2026-03-15')]);
    await rig.shown();
    assert.deepEqual(rig.home.keys(), [...METRIC_KEYS, ...JUDGEMENT_KEYS, ...CONTROL_KEYS, ...EVENT_KEYS, ...DIAGNOSTIC_KEYS]);
    const { device, state } = rig.home.entities.get('ann sleep_score') ?? assert.fail();
    assert.deepEqual([device.name, device.slug, device.personId.length], ['Oura Ann', 'ann', 12]);
    assert.equal(state?.state, 72);
    assert.deepEqual(state.attributes, {
      contributors: { deep_sleep: 57, latency: 0 },
      day: '2026-03-15',
      first_seen: '2026-03-15T09:00:00.000Z',
    });
  });

  it('name the ring and its firmware once it is known', async () => {
    const ring = { id: 'ring', hardware_type: 'gen4', firmware_version: '2.9.1', set_up_at: '2025-01-01T00:00:00+00:00' };
    await begin([{ endpoint: 'ring_configuration', anchor: '2025-01-01T00:00:00Z', body: ring }]);
    await rig.shown();
    const { device } = rig.home.entities.get('ann steps') ?? assert.fail();
    assert.deepEqual([device.model, device.swVersion], ['gen4', '2.9.1']);
  });

  it('LESSON: a zero is a value, and no session today is 0', async () => {
    await begin([night('2026-03-15', { latency: 0, awake_time: 0 })]);
    await rig.shown();
    for (const key of ['latency', 'awake_time', 'sessions_today', 'workouts_today', 'naps_today'])
      assert.equal(rig.home.state(key), 0, key);
  });

  it('LESSON: midnight takes nothing away, and what is about today says that it has not synced', async () => {
    await begin(
      [activity('2026-03-15', 4000), night('2026-03-15'), dailySleep('2026-03-15', 72), readiness('2026-03-15', 50)],
      '2026-03-15T23:30:00Z',
    );
    const served = await rig.shown();
    assert.deepEqual([rig.home.state('activity_goal_met'), rig.home.state('recovery_needed')], [false, true]);
    const known = new Map([...rig.home.entities].map(([key, { state }]) => [key, state?.state]));
    await rig.later(served, HOUR);
    for (const key of ['steps', 'sleep_score', 'total_sleep_duration', 'readiness_score', 'bedtime_start'])
      assert.equal(rig.home.state(key), known.get(`ann ${key}`), key);
    assert.deepEqual(rig.home.attributes('steps')['reason'], 'not_synced');
    assert.equal(rig.home.attributes('steps')['day'], '2026-03-15');
    assert.equal(rig.home.entities.get('ann steps')?.state?.lastReset, '2026-03-15T00:00:00.000Z');
    for (const key of ['activity_goal_met', 'recovery_needed', 'optimal_readiness', 'temperature_elevated']) {
      assert.equal(rig.home.state(key), null, key); // yesterday is not today
      assert.equal(rig.home.attributes(key)['reason'], 'not_synced', key);
    }
  });

  it("LESSON: a nap does not take the night's place", async () => {
    await begin([night('2026-03-15'), nap('2026-03-15')], '2026-03-15T14:00:00Z');
    const served = await rig.shown();
    assert.deepEqual([rig.home.state('naps_today'), rig.home.state('total_sleep_duration')], [0, 440]);
    await rig.later(served, 3 * HOUR);
    assert.deepEqual(
      [rig.home.state('naps_today'), rig.home.state('total_sleep_duration'), rig.home.state('latest_sleep_duration')],
      [1, 440, 25],
    );
  });

  it('LESSON: every call fails after a good poll: all values stay, and only what is about the moment says why', async () => {
    await begin([activity('2026-03-15', 4000), night('2026-03-15'), dailySleep('2026-03-15', 72), readiness('2026-03-15', 90)]);
    const served = await rig.shown();
    const before = new Map([...rig.home.entities].map(([place, { state }]) => [place, state]));
    rig.server.control.fail({ status: 500 });
    await rig.passing('the failures', 10 * MINUTE, () => rig.home.attributes('steps')['reason'] === 'error');
    await rig.until('the same state', () => served.entities.status.kind === 'published');
    for (const [place, { definition, state }] of rig.home.entities) {
      if (DIAGNOSTIC_KEYS.some((key) => key === definition.key) || ['in_bed', 'sleeping'].includes(definition.key)) continue;
      assert.deepEqual(state?.state, before.get(place)?.state, place);
    }
    assert.deepEqual(rig.home.entities.get('ann sleep_score')?.state, before.get('ann sleep_score')); // a night that arrived is complete
  });

  it('change only where a document changed: nothing else is sent', async () => {
    await begin([
      dailySleep('2026-03-15', 72),
      readiness('2026-03-15', 90),
      { ...dailySleep('2026-03-15', 74), visible: '2026-03-15T09:20:00Z' },
    ]);
    const served = await rig.shown();
    const [asked, declared] = [rig.home.asked.length, rig.home.declared.length];
    await rig.later(served, 30 * MINUTE);
    const sent = rig.home.asked.slice(asked);
    const diagnostics: readonly string[] = DIAGNOSTIC_KEYS;
    assert.deepEqual(
      sent.filter((key) => !diagnostics.includes(key)),
      ['sleep_score'],
    );
    assert.equal(rig.home.state('sleep_score'), 74);
    assert.equal(rig.home.declared.length, declared);
  });

  it('take a word of Oura that nobody knew into the options, before it is shown', async () => {
    await begin([
      {
        endpoint: 'daily_resilience',
        anchor: '2026-03-15T00:00:00Z',
        body: { id: 'res', day: '2026-03-15', level: 'legendary', contributors: {} },
      },
    ]);
    await rig.shown();
    assert.equal(rig.home.state('resilience_level'), 'legendary');
    assert.ok(rig.home.definition('resilience_level')?.options?.includes('legendary'));
  });

  it('are only those chosen: groups and single ones', async () => {
    await begin([dailySleep('2026-03-15', 72)]);
    await rig.shown({}, { wishes: { groups: ['blood_oxygen', 'judgement'], metrics: ['steps', 'refresh_data'] } });
    assert.deepEqual(rig.home.keys(), ['steps', 'spo2_percentage', 'breathing_disturbance_index', ...JUDGEMENT_KEYS, 'refresh_data']);
  });

  it('leave out families that are not published, with what is judged by them, and take them away when that is chosen later', async () => {
    await begin([readiness('2026-03-15', 90), dailySleep('2026-03-15', 72)]);
    const { entities } = await rig.shown();
    assert.equal(rig.home.state('recovery_needed'), false);
    await entities.close({ remove: false });
    await rig.shown({ families: { daily_readiness: ['store'], heartrate: [] } });
    for (const key of [
      'readiness_score',
      'recovery_needed',
      'optimal_readiness',
      'temperature_elevated',
      'heart_rate',
      'in_bed',
      'sleeping',
    ])
      assert.equal(rig.home.definition(key), undefined, key);
    assert.equal(rig.home.state('sleep_score'), 72);
  });

  it('of two persons do not mix', async () => {
    await begin([dailySleep('2026-03-15', 72)]);
    await rig.shown();
    await rig.shown({ id: 'account-2', name: 'Ben' }, { owner: 'node-2' }, 'token-2');
    assert.deepEqual([rig.home.state('sleep_score'), rig.home.state('sleep_score', 'ben')], [72, 55]);
    const ids = new Set([...rig.home.entities.values()].map(({ device }) => device.personId));
    assert.equal(ids.size, 2);
  });

  it('stay with their values when the node closes, and say that nobody is at work', async () => {
    await begin([dailySleep('2026-03-15', 72)]);
    const { entities } = await rig.shown();
    assert.deepEqual([rig.home.state('connected'), rig.home.isAvailable], [true, true]);
    await entities.close({ remove: false });
    assert.deepEqual([rig.home.state('connected'), rig.home.isAvailable, rig.home.state('sleep_score')], [false, false, 72]);
  });

  it('are gone when the node is removed', async () => {
    await begin([dailySleep('2026-03-15', 72)]);
    const { entities } = await rig.shown();
    entities.take({ key: 'mood', name: 'Mood', value: 'fine' });
    await entities.close({ remove: true });
    assert.deepEqual(rig.home.keys(), []);
    await rig.shown();
    assert.equal(rig.home.definition('mood'), undefined);
  });

  it('wait while Home Assistant is away, and say so', async () => {
    await begin([dailySleep('2026-03-15', 72)]);
    rig.home.isAway = true;
    const { entities, lease } = rig.serve();
    await rig.loaded(lease);
    const status = await rig.until('the problem', () => (entities.status.kind === 'problem' ? entities.status : null));
    assert.equal(status.error.code, 'broker_away');
    rig.home.isAway = false;
    await rig.until('the entities', () => entities.status.kind === 'published');
    assert.equal(rig.home.state('sleep_score'), 72);
  });

  it('of another person take the place of those of the one before', async () => {
    await begin([dailySleep('2026-03-15', 72)]);
    const { entities } = await rig.shown();
    await entities.close({ remove: false });
    await rig.shown({ id: 'account-2', name: 'Ben' }, {}, 'token-2');
    assert.deepEqual([rig.home.keys(), rig.home.state('sleep_score', 'ben')], [[], 55]);
  });

  it('move to the other way into Home Assistant, and leave nothing behind', async () => {
    await begin([dailySleep('2026-03-15', 72)]);
    const other = new MemoryHome('companion', 'home');
    const { entities } = await rig.shown();
    await entities.close({ remove: false });
    await rig.shown({}, { way: other, otherWays: [rig.home] });
    assert.deepEqual(rig.home.keys(), []);
    assert.equal(other.state('sleep_score'), 72);
  });

  it('show nothing of what is not known yet, so that a start takes no value away', async () => {
    await begin([dailySleep('2026-03-15', 72)]);
    rig.server.control.fail({ match: { path: '/v2/usercollection/daily_spo2' }, hang: true });
    const served = rig.serve();
    await rig.until('a score', () => rig.home.state('sleep_score') === 72);
    assert.equal(served.entities.status.kind === 'waiting', false);
    const nulls = rig.home.states.filter(({ state, attributes }) => state === null && attributes['reason'] === 'pending');
    const judged: readonly string[] = JUDGEMENT_KEYS;
    assert.deepEqual(
      nulls.map(({ key }) => key).filter((key) => !judged.includes(key)),
      [],
    );
  });

  describe('in bed and sleeping', () => {
    const at = async (source: string, now: string): Promise<readonly unknown[]> => {
      const beat = heartRate('2026-03-15T08:30:00Z', 61);
      await begin([{ ...beat, body: { ...beat.body, source } }], now);
      await rig.shown();
      return [rig.home.state('in_bed'), rig.home.state('sleeping')];
    };
    for (const [source, answer] of [
      ['sleep', [true, true]],
      ['awake', [false, false]],
      ['workout', [false, false]],
      ['live', [null, false]],
      ['session', [null, false]],
      ['rest', [null, null]],
      ['levitation', [null, null]],
    ] as const) {
      it(`are ${JSON.stringify(answer)} by a fresh sample of source ${source}`, async () => {
        assert.deepEqual(await at(source, NOW), answer);
      });
    }

    it('are unknown when the newest sample is older than an hour, whatever is usual', async () => {
      assert.deepEqual(await at('sleep', '2026-03-15T09:31:00Z'), [null, null]);
      assert.deepEqual(rig.home.attributes('sleeping'), { expected: null, basis: 'heart_rate' });
    });

    it('become unknown while time passes', async () => {
      assert.deepEqual(await at('sleep', NOW), [true, true]);
      rig.server.control.advance(31 * MINUTE);
      await rig.until('unknown', () => rig.home.state('in_bed') === null && rig.home.state('sleeping') === null);
    });

    it('say what would be usual, by the nights of two weeks', async () => {
      await begin(
        ['2026-03-12', '2026-03-13', '2026-03-14', '2026-03-15'].map((day) => night(day)),
        '2026-03-15T23:00:00Z',
      );
      await rig.shown();
      const { expected, usual_start: start, usual_end: end, basis } = rig.home.attributes('in_bed');
      assert.deepEqual([expected, start, end, basis], [true, '22:30', '06:30', 'none']);
      assert.equal(rig.home.state('in_bed'), null);
    });
  });
});
