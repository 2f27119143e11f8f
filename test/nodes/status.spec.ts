import assert from 'node:assert/strict';
import { ENDPOINT_KEYS } from '../../lib/catalogue/endpoints';
import { HandPerson } from '../simulator/server/support/hand-person';
import { dailySleep, night } from '../support/days';
import { FlowRig } from '../support/flow-rig';

const NOW = '2026-03-15T12:00:00Z';

interface Told {
  readonly event: string;
  readonly [key: string]: unknown;
}

describe('a status node', () => {
  let rig: FlowRig;

  beforeEach(async () => {
    rig = await FlowRig.start(new HandPerson([dailySleep('2026-03-14', 72), night('2026-03-14')], { zone: 'UTC' }), NOW);
  });
  afterEach(() => rig.clear());

  const load = (status: object = {}, account: object = {}, token?: string): Promise<void> =>
    rig.load(
      [
        { id: 'status', type: 'oura-status', account: 'account', syncs: true, states: true, problems: true, wires: [['out']], ...status },
        { id: 'refresh', type: 'oura-refresh', account: 'account', range: 'recent', wires: [['refreshed']] },
        { id: 'refreshed', type: 'helper' },
      ],
      { historyDays: 30, ...account },
      token,
    );
  const told = (event: string): readonly Told[] =>
    rig.messages.map(({ payload }) => payload as Told).filter((payload) => payload.event === event);
  const connected = (): Promise<unknown> =>
    rig.until('the account', () => rig.statuses('status').some((text) => text.includes('state.connected')));
  const ask = async (): Promise<Told & { families: readonly (Told & { family: string })[] }> => {
    const before = told('report').length;
    rig.node('status').receive({});
    return (await rig.until('a report', () => told('report')[before])) as Told & { families: readonly (Told & { family: string })[] };
  };

  it('reports on any input, whatever was chosen, on the message that asked', async () => {
    await load({ syncs: false, states: false, problems: false });
    await connected();
    assert.deepEqual(rig.messages, []);
    const { topic, payload, oura, ...rest } = await rig.ask('status', { topic: 'old', mine: 1, oura: { select: 'latest' } });
    assert.equal(topic, 'oura/ann/status');
    assert.equal((rest as unknown as { mine: number }).mine, 1);
    assert.deepEqual(Object.keys(oura), ['account']);
    const { event, state, mode, problems, requests, storage, families } = payload as Record<string, unknown>;
    assert.deepEqual([event, state, mode, problems, storage], ['report', { kind: 'connected' }, 'token', [], 'disk']);
    assert.equal((requests as { used: number }).used, rig.server.control.requests().length);
    assert.deepEqual(
      (families as { family: string }[]).map(({ family }) => family),
      ENDPOINT_KEYS,
    );
  });

  it('reports before anything is known', async () => {
    await load({}, { apiBase: 'http://127.0.0.1:1' });
    const { state, families } = await ask();
    assert.match((state as { kind: string }).kind, /starting|offline/);
    assert.deepEqual(
      families.map(({ reason }) => reason),
      ENDPOINT_KEYS.map(() => 'pending'),
    );
  });

  it('tells what each sync has brought, but not that nothing has come', async () => {
    await load({ states: false, problems: false });
    await connected();
    rig.messages.length = 0;
    rig.server.control.put('daily_sleep', dailySleep('2026-03-15', 88).body);
    rig.node('refresh').receive({});
    await rig.until('the sync', () => rig.messages.length > 0);
    const changes = { created: 1, updated: 0, deleted: 0, rows: 0 };
    assert.deepEqual(told('sync'), [{ event: 'sync', family: 'daily_sleep', fetch: 'recent', changes }]);
    assert.equal(rig.messages.length, 1);
  });

  it('tells the states that the account goes through', async () => {
    await load({ syncs: false, problems: false });
    await connected();
    const kinds = told('state').map(({ state }) => (state as { kind: string }).kind);
    assert.equal(kinds[0], 'syncing');
    assert.equal(kinds.at(-1), 'connected');
    assert.deepEqual(new Set(kinds), new Set(['syncing', 'connected']));
  });

  it('tells a problem once with what to do, and that it is solved', async () => {
    await load({ syncs: false, states: false });
    await connected();
    rig.server.control.fail({ match: { path: '/v2/usercollection/sleep' }, status: 400 });
    rig.node('refresh').receive({});
    await rig.until('the problem', () => told('problem').length === 1);
    const [problem] = told('problem');
    assert.deepEqual([problem?.['code'], problem?.['family']], ['request_refused', 'sleep']);
    assert.match(String(problem?.['text']), /error\.request_refused/);
    assert.match(String(problem?.['remedy']), /remedy\.request_refused/);
    assert.deepEqual(
      (await ask()).families.filter(({ reason }) => reason === 'error').map(({ family, error }) => [family, error]),
      [['sleep', 'request_refused']],
    );
    rig.node('refresh').receive({});
    await rig.until('the second failure', () => rig.statuses('refresh').filter((text) => text.includes('status.failed')).length === 2);
    assert.equal(told('problem').length, 1);
    rig.server.control.clearFaults();
    rig.node('refresh').receive({});
    await rig.until('the solution', () => told('solved').length === 1);
    assert.deepEqual(told('solved'), [{ event: 'solved', code: 'request_refused', family: 'sleep' }]);
    assert.deepEqual((await ask())['problems'], []);
  });

  it('says below itself and in its report that a person has to sign in again', async () => {
    await load({}, {}, 'wr0ng-t0ken');
    await rig.until('the state', () => rig.statuses('status').some((text) => text.includes('state.sign_in')));
    await rig.until('the problem', () => told('problem').length === 1);
    const { state, problems } = await ask();
    assert.deepEqual(state, { kind: 'sign_in' });
    const [stated] = told('state').filter(({ state: of }) => (of as { kind: string }).kind === 'sign_in');
    assert.equal(stated?.['code'], 'not_authorised');
    assert.match(`${String(stated['text'])} ${String(stated['remedy'])}`, /error\.not_authorised.*remedy\.not_authorised/);
    assert.deepEqual(
      (problems as { code: string }[]).map(({ code }) => code),
      ['not_authorised'],
    );
    assert.ok(!JSON.stringify(rig.messages).includes('wr0ng-t0ken'));
  });

  it('shows a missing permission although all else is well, and tells it with what to do', async () => {
    rig.server.control.setScopes('test-token', ['personal', 'daily', 'heartrate', 'tag', 'session', 'spo2', 'stress', 'heart_health']);
    await load();
    await rig.until('the ring', () => (rig.statuses('status').at(-1) ?? '').includes('error.scopes_missing'));
    const { code, family, remedy } = told('problem').find((problem) => problem['family'] === 'workout') ?? assert.fail('no problem told');
    assert.deepEqual([code, family], ['scope_missing', 'workout']);
    assert.match(String(remedy), /remedy\.scope_missing/);
  });

  it('says of a family that is switched off that it is', async () => {
    await load({}, { families: { workout: [] } });
    await connected();
    const { families } = await ask();
    assert.deepEqual(
      families.filter(({ reason }) => reason === 'disabled').map(({ family, nextAt }) => [family, nextAt]),
      [['workout', null]],
    );
  });

  it('says that it has no account', async () => {
    await load({ account: 'gone' });
    rig.node('status').receive({});
    await rig.until('an error', () => rig.errorCodes('status').includes('account_missing'));
    assert.match(rig.statuses('status')[0] ?? '', /error\.account_missing/);
  });
});
