import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ENDPOINT_KEYS } from '../../lib/catalogue/endpoints';
import { nodeTypeOf } from '../../lib/catalogue/node-type';
import { HandPerson } from '../simulator/server/support/hand-person';
import { dailySleep, night } from '../support/days';
import { FlowRig, type OuraMessage } from '../support/flow-rig';

const NOW = '2026-03-15T12:00:00Z';

const source = (id: string, type: string, more: object = {}): object => ({
  id,
  type,
  account: 'account',
  output: 'both',
  select: 'latest',
  wires: [['out']],
  ...more,
});
const status = { id: 'status', type: 'oura-status', account: 'account', syncs: false, states: false, problems: false, wires: [['out']] };
const refresh = { id: 'refresh', type: 'oura-refresh', account: 'account', range: 'recent', wires: [['out']] };

describe('an account node', () => {
  let rig: FlowRig;

  beforeEach(async () => {
    rig = await FlowRig.start(new HandPerson([dailySleep('2026-03-14', 72), night('2026-03-14')], { zone: 'UTC' }), NOW);
  });
  afterEach(() => rig.clear());

  const families = async (): Promise<readonly Record<string, unknown>[]> =>
    ((await rig.ask('status')).payload as { families: Record<string, unknown>[] }).families;
  const connected = (): Promise<unknown> =>
    rig.until('the account', () => rig.statuses('status').some((text) => text.includes('state.connected')));
  const answer = async (id: string, oura: object = {}): Promise<OuraMessage> => await rig.ask(id, { oura });

  it('starts with nothing set but a token, and serves every node that points to it', async () => {
    await rig.load([status, ...ENDPOINT_KEYS.map((key) => source(key, nodeTypeOf(key)))], { historyDays: 30 });
    await connected();
    for (const key of ENDPOINT_KEYS) assert.equal((await answer(key)).topic, `oura/ann/${key}`);
    assert.equal(rig.server.control.requests().filter((request) => request.path.endsWith('/personal_info')).length, 2); // who it is, and the family
  });

  for (const [what, gone] of [
    ['was removed', (nodes: readonly object[]) => rig.load(nodes, null)],
    ['is disabled', (nodes: readonly object[]) => rig.load(nodes, { d: true })],
  ] as const) {
    it(`that ${what} leaves its nodes alive: each says what is missing and ends its messages`, async () => {
      const nodes = [status, refresh, source('sleep', 'oura-sleep'), source('heartrate', 'oura-heartrate')];
      await gone(nodes);
      for (const id of ['status', 'refresh', 'sleep', 'heartrate']) {
        rig.node(id).receive({});
        await rig.until(`the error of ${id}`, () => rig.errorCodes(id).includes('account_missing'));
      }
      assert.deepEqual(rig.messages, []);
      assert.equal(rig.server.control.requests().length, 0);
    });
  }

  it('can be removed while nodes use it, and come back with all it had', async () => {
    const nodes = [status, source('sleep', 'oura-daily-sleep')];
    await rig.load(nodes, { historyDays: 30 });
    await connected();
    await rig.unload();
    await rig.load(nodes, null);
    rig.node('sleep').receive({});
    await rig.until('the error', () => rig.errorCodes('sleep').includes('account_missing'));
    await rig.unload();
    rig.server.control.fail({ dropConnection: true });
    await rig.load(nodes, { historyDays: 30 });
    rig.messages.length = 0;
    const payload = await rig.until('the document of before', async () => (await answer('sleep')).payload as { score: number } | null);
    assert.equal(payload.score, 72);
  });

  it('goes on through a redeploy without asking Oura again', async () => {
    const nodes = [status, source('sleep', 'oura-daily-sleep')];
    await rig.load(nodes, { historyDays: 30 });
    await connected();
    const before = rig.server.control.requests().length;
    for (let deploy = 0; deploy < 3; deploy += 1) {
      await rig.unload();
      await rig.load(nodes, { historyDays: 30 });
    }
    await connected();
    assert.equal(((await answer('sleep')).payload as { score: number }).score, 72);
    assert.equal(rig.server.control.requests().length, before);
  });

  it('runs a demo from end to end, without token or network, and moves it to the next morning', async () => {
    await rig.load(
      [
        status,
        refresh,
        source('sleep', 'oura-daily-sleep', { wires: [['changes']] }),
        source('question', 'oura-daily-sleep', { output: 'query' }),
        { id: 'changes', type: 'helper' },
      ],
      { mode: 'demo', historyDays: 10, apiBase: '', timezone: '' },
      '',
    );
    const told: OuraMessage[] = [];
    rig.node('changes').on('input', (msg: object) => {
      told.push(msg as OuraMessage);
    });
    await connected();
    const before = ((await answer('question')).payload as { day: string }).day;
    const { payload } = await rig.ask('refresh', { oura: { nextMorning: true } });
    assert.equal((payload as { failed: number }).failed, 0);
    await rig.until('the new score', () => told.length > 0);
    assert.equal(told[0]?.oura['change'], 'created');
    assert.ok((told[0].payload as { day: string }).day > before);
    assert.equal(rig.server.control.requests().length, 0); // only the demo's own server was asked
  });

  it('shows the sandbox: one snapshot of thirty days, kept nowhere and never read again', async () => {
    await rig.load(
      [status, source('sleep', 'oura-daily-sleep', { select: 'range', start: '-60', end: 'today' })],
      { mode: 'sandbox', historyDays: 700 },
      '',
    );
    await connected();
    const days = ((await answer('sleep')).payload as { day: string }[]).map(({ day }) => day);
    assert.ok(days.length >= 29 && days.every((day) => day >= '2026-02-13' && day <= '2026-03-15')); // one more: windows are padded
    const requests = rig.server.control.requests();
    assert.ok(requests.every((request) => request.path.startsWith('/v2/sandbox/usercollection/')));
    const reports = await families();
    assert.deepEqual(
      reports.filter(({ reason }) => reason === 'disabled').map(({ family }) => family),
      ['personal_info'],
    );
    assert.ok(reports.every(({ nextAt }) => nextAt === null)); // nothing is planned
    rig.server.control.advance(3 * 3_600_000);
    assert.equal((await families()).length, 19);
    assert.equal(rig.server.control.requests().length, requests.length);
    assert.deepEqual(
      readdirSync(path.join(rig.userDir, 'oura')).filter((file) => file.endsWith('.sqlite')),
      [],
    );
  });
});
