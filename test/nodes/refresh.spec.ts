import assert from 'node:assert/strict';
import type { NodeMessage } from 'node-red';
import { ENDPOINT_KEYS } from '../../lib/catalogue/endpoints';
import { dailySleep, heartRate, night } from '../support/days';
import { FlowRig, type OuraMessage } from '../support/flow-rig';
import { HandPerson } from '../simulator/server/support/hand-person';

const NOW = '2026-03-15T12:00:00Z';
const refresh = (more: object = {}): object => ({
  id: 'refresh',
  type: 'oura-refresh',
  account: 'account',
  range: 'recent',
  start: '-30',
  end: 'today',
  wires: [['out']],
  ...more,
});
const status = {
  id: 'status',
  type: 'oura-status',
  account: 'account',
  syncs: false,
  states: false,
  problems: false,
  wires: [['reports']],
};

interface Result {
  readonly from: string;
  readonly to: string;
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly rows: number;
  readonly failed: number;
  readonly families: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

describe('a refresh node', () => {
  let rig: FlowRig;
  let reports: OuraMessage[];

  beforeEach(async () => {
    const documents = [
      dailySleep('2026-01-10', 60),
      dailySleep('2026-03-14', 72),
      night('2026-03-14'),
      heartRate('2026-03-15T08:00:00.000Z', 61),
    ];
    rig = await FlowRig.start(new HandPerson(documents, { zone: 'UTC' }), NOW);
    reports = [];
  });
  afterEach(() => rig.clear());

  const load = async (more: object = {}, account: object = {}): Promise<void> => {
    await rig.load([refresh(more), status, { id: 'reports', type: 'helper' }], { historyDays: 7, ...account });
    rig.node('reports').on('input', (msg: NodeMessage) => {
      reports.push(msg as OuraMessage);
    });
  };
  const report = async (): Promise<Record<string, unknown>> => {
    const before = reports.length;
    rig.node('status').receive({});
    return (await rig.until('a report', () => reports[before])).payload as Record<string, unknown>;
  };
  const connected = async (): Promise<void> => {
    while (((await report())['state'] as { kind: string }).kind !== 'connected');
  };
  const read = async (oura: object = {}): Promise<Result> => (await rig.ask('refresh', { oura })).payload as Result;
  const refused = async (oura: object): Promise<unknown> => {
    const before = rig.errorCodes('refresh').length;
    rig.node('refresh').receive({ oura });
    return await rig.until('an error', () => rig.errorCodes('refresh')[before]);
  };

  it('tells what it has read, and keeps what else the message carried', async () => {
    await load();
    await connected();
    rig.server.control.put('daily_sleep', dailySleep('2026-03-15', 88).body);
    rig.server.control.put('daily_sleep', dailySleep('2026-03-14', 90).body);
    rig.server.control.put('heartrate', heartRate('2026-03-15T11:00:00.000Z', 70).body);
    const answer = await rig.ask('refresh', { mine: 1 });
    assert.equal((answer as unknown as { mine: number }).mine, 1);
    assert.equal(answer.topic, 'oura/ann/refresh');
    const { families, ...sum } = answer.payload as Result;
    assert.deepEqual(sum, { from: '2026-03-13', to: '2026-03-16', created: 1, updated: 1, deleted: 0, rows: 1, failed: 0 });
    assert.deepEqual(families['daily_sleep'], { created: 1, updated: 1, deleted: 0, rows: 0, error: null });
    assert.deepEqual(Object.keys(families).toSorted(), ENDPOINT_KEYS.toSorted());
    assert.equal((answer.oura['account'] as { slug: string }).slug, 'ann');
  });

  it('reads the days and families that the message names', async () => {
    await load();
    await connected();
    const { from, to, created, families } = await read({ families: ['daily_sleep'], start: '2026-01-01', end: '2026-01-31' });
    assert.deepEqual([from, to, created, Object.keys(families)], ['2026-01-01', '2026-01-31', 1, ['daily_sleep']]);
  });

  it('LESSON: delete events ignored: what Oura has deleted of a range is counted, and told by the source node with what it was', async () => {
    const source = { id: 'source', type: 'oura-daily-sleep', account: 'account', output: 'changes', wires: [['told']] };
    await rig.load([refresh({ wires: [['out']] }), source, status, { id: 'reports', type: 'helper' }, { id: 'told', type: 'helper' }]);
    rig.node('reports').on('input', (msg: NodeMessage) => {
      reports.push(msg as OuraMessage);
    });
    const told: OuraMessage[] = [];
    rig.node('told').on('input', (msg: NodeMessage) => {
      told.push(msg as OuraMessage);
    });
    await connected();
    rig.server.control.remove('daily_sleep', 'ds-2026-03-14');
    const { deleted, families } = await read({ families: ['daily_sleep'], start: '2026-03-13', end: '2026-03-14' });
    assert.deepEqual([deleted, families['daily_sleep']?.['deleted']], [1, 1]);
    const { payload, oura } = await rig.until('the deletion', () => told[0]);
    assert.deepEqual(payload, { id: 'ds-2026-03-14', day: '2026-03-14' });
    const { change, via, historic, previous } = oura;
    assert.deepEqual([change, via, historic, (previous as { score: number }).score], ['deleted', 'reconcile', false, 72]);
    assert.equal(told.length, 1);
  });

  it('reads the days of the dialog', async () => {
    await load({ range: 'days', start: '-70', end: 'yesterday' });
    await connected();
    const { from, to, created } = await read();
    assert.deepEqual([from, to, created], ['2026-01-04', '2026-03-14', 1]);
  });

  it('reads all that the account wants when told so', async () => {
    await load({}, { historyDays: 7 });
    await connected();
    rig.server.control.put('daily_sleep', dailySleep('2026-03-09', 50).body);
    const { from, created } = await read({ all: true, families: 'daily_sleep' });
    assert.deepEqual([from, created], ['2026-03-09', 1]);
  });

  it('reads nothing of a family that is switched off, and refuses it by name', async () => {
    await load({}, { families: { workout: [] } });
    await connected();
    assert.ok(!('workout' in (await read()).families));
    assert.equal(await refused({ families: ['workout'] }), 'family_disabled');
  });

  for (const [oura, code] of [
    [{ families: ['steps'] }, 'family_unknown'],
    [{ families: [7] }, 'family_unknown'],
    [{ start: '2026-02-30' }, 'date_invalid'],
    [{ start: '2026-03-10', end: '2026-03-01' }, 'range_invalid'],
    [{ nextMorning: true }, 'demo_only'],
  ] as const) {
    it(`refuses ${JSON.stringify(oura)} with ${code}, shows it and goes on working`, async () => {
      await load();
      await connected();
      assert.equal(await refused(oura), code);
      assert.match(rig.statuses('refresh').at(-1) ?? '', new RegExp(`error\\.${code}$`));
      assert.equal((await read()).failed, 0);
      assert.deepEqual(
        rig.completed.filter(({ node }) => node === 'refresh').map(({ error }) => (error as { code?: string } | undefined)?.code),
        [code, undefined],
      );
    });
  }

  it('tells which family failed and why, and reads the others', async () => {
    await load();
    await connected();
    rig.server.control.setScopes('test-token', ['personal', 'daily', 'heartrate']);
    const { failed, families } = await read({ families: ['workout', 'sleep'] });
    assert.equal(failed, 1);
    assert.deepEqual([families['workout']?.['error'], families['sleep']?.['error']], ['scope_missing', null]);
    assert.match(rig.statuses('refresh').at(-1) ?? '', /status\.failed$/);
  });

  it('is done with every message exactly once, however many come at once', async () => {
    await load();
    await connected();
    for (let n = 0; n < 5; n += 1) rig.node('refresh').receive({ oura: { families: ['sleep'] } });
    rig.node('refresh').receive({ oura: { families: ['steps'] } });
    await rig.until('five answers', () => rig.messages.length === 5);
    await rig.until('six ends', () => rig.doneBy('refresh') >= 6);
    await report();
    assert.equal(rig.doneBy('refresh'), 6);
    assert.equal(rig.messages.length, 5);
  });

  it('stops what it reads when told so: no message, but done', async () => {
    await load();
    await connected();
    rig.server.control.fail({ match: { path: '/v2/usercollection/sleep' }, hang: true });
    const before = rig.server.control.requests().length;
    rig.node('refresh').receive({ oura: { families: ['sleep'] } });
    await rig.until('the request', () => rig.server.control.requests().length > before);
    rig.node('refresh').receive({ oura: { stop: true } });
    await rig.until('both ends', () => rig.doneBy('refresh') === 2);
    assert.equal(rig.messages.length, 0);
    assert.deepEqual(rig.errorCodes('refresh'), []);
    assert.match(rig.statuses('refresh').at(-1) ?? '', /status\.stopped$/);
  });

  it('stops the loading of history and goes on with it', async () => {
    await load({}, { historyDays: 2000, families: { ...Object.fromEntries(ENDPOINT_KEYS.map((key) => [key, []])), sleep: ['store'] } });
    const historyFrom = async (): Promise<string> =>
      ((await report())['families'] as { family: string; historyFrom: string | null }[]).find(({ family }) => family === 'sleep')
        ?.historyFrom ?? '9';
    rig.node('refresh').receive({ oura: { stop: true } });
    await rig.until('the stop', () => rig.doneBy('refresh') === 1);
    while ((await historyFrom()) === '9');
    const requests = (): number => rig.server.control.requests().length;
    const inFlight = requests();
    for (let n = 0; n < 20; n += 1) await report();
    assert.ok(requests() <= inFlight + 1);
    const reached = await historyFrom();
    assert.ok(reached > '2026-01-01', reached);
    rig.node('refresh').receive({ oura: { resume: true } });
    while ((await historyFrom()) > '2021-01-01');
    assert.deepEqual(rig.errorCodes('refresh'), []);
  });

  it('says what stands in the way when there is no sign-in', async () => {
    await rig.load([refresh()], {}, 'wrong-token');
    assert.equal(await refused({}), 'not_authorised');
    assert.equal(rig.doneBy('refresh'), 1);
  });

  it('ends what it reads without an error when the flow is stopped', async () => {
    await load();
    await connected();
    rig.server.control.fail({ hang: true });
    const before = rig.server.control.requests().length;
    rig.node('refresh').receive({});
    await rig.until('a request', () => rig.server.control.requests().length > before);
    await rig.unload();
    assert.deepEqual(rig.messages, []);
    assert.deepEqual(
      rig.completed.filter(({ error }) => error !== undefined && error !== null),
      [],
    );
  });
});
