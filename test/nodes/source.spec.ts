import assert from 'node:assert/strict';
import { dailySleep, heartRate, night } from '../support/days';
import { nextTurn } from '../../lib/async/next-turn';
import { FlowRig, type OuraMessage } from '../support/flow-rig';
import { HandPerson } from '../simulator/server/support/hand-person';

const NOW = '2026-03-15T12:00:00Z';

const source = (type: string, more: object = {}): object => ({
  id: 'source',
  type,
  account: 'account',
  output: 'both',
  select: 'latest',
  wires: [['out']],
  ...more,
});
const refresh = { id: 'refresh', type: 'oura-refresh', account: 'account', range: 'recent', wires: [['refreshed']] };

describe('a source node', () => {
  let rig: FlowRig;

  beforeEach(async () => {
    const documents = [
      dailySleep('2026-03-12', 70),
      dailySleep('2026-03-13', 71),
      dailySleep('2026-03-14', 72),
      night('2026-03-14'),
      heartRate('2026-03-14T23:30:00.000Z', 55),
      heartRate('2026-03-15T08:00:00.000Z', 61),
      heartRate('2026-03-15T08:05:00.000Z', 62),
    ];
    rig = await FlowRig.start(new HandPerson(documents, { zone: 'UTC' }), NOW);
  });
  afterEach(() => rig.clear());

  /** Asks until the family has been read for the first time. */
  const loaded = async (): Promise<void> => {
    const isThere = ({ oura }: OuraMessage): boolean => (oura['coverage'] as { from: string | null }).from !== null;
    while (!isThere(await rig.ask('source', { oura: { select: 'latest' } }))) await nextTurn();
    rig.messages.length = 0;
  };

  it('answers at once before anything was read: nothing, because it is pending', async () => {
    await rig.load([source('oura-daily-sleep')]);
    const latest = await rig.ask('source', { oura: { select: 'latest' } });
    assert.equal(latest.payload, null);
    assert.equal(latest.oura['reason'], 'pending');
    assert.deepEqual(latest.oura['coverage'], { from: null, to: null, complete: false });
    assert.deepEqual((await rig.ask('source', { oura: { select: 'range' } })).payload, []);
  });

  it('answers with the newest document as received, with its place beside it', async () => {
    await rig.load([source('oura-sleep')]);
    await loaded();
    const { topic, payload, oura } = await rig.ask('source', { payload: 'kept out', mine: 1 });
    const body = night('2026-03-14').body;
    assert.equal(topic, 'oura/ann/sleep');
    assert.deepEqual(payload, { id: 's-2026-03-14', day: '2026-03-14', start: body['bedtime_start'], end: body['bedtime_end'], ...body });
    const { change, historic, via, units, account, endpoint } = oura as Record<string, Record<string, unknown>>;
    assert.deepEqual([change, historic, via, endpoint], ['current', false, 'store', 'sleep']);
    assert.equal(units?.['total_sleep_duration'], 's');
    assert.deepEqual([account?.['id'], account?.['name'], account?.['slug']], ['account', 'Ann', 'ann']);
    assert.match(String(account?.['person']), /^[0-9a-f]{12}$/);
  });

  it('keeps what else the message carried, and gives back none of the question', async () => {
    await rig.load([source('oura-daily-sleep')]);
    await loaded();
    const answer = await rig.ask('source', { mine: 1, oura: { select: 'range', start: '2026-03-13', end: '2026-03-14', other: true } });
    assert.equal((answer as unknown as { mine: number }).mine, 1);
    for (const key of ['select', 'day', 'start', 'end', 'id', 'other']) assert.ok(!(key in answer.oura), key);
    assert.deepEqual(
      (answer.payload as { day: string }[]).map(({ day }) => day),
      ['2026-03-13', '2026-03-14'],
    );
    assert.equal((answer.oura['coverage'] as { complete: boolean }).complete, true);
  });

  it('splits a list into messages with parts', async () => {
    await rig.load([source('oura-daily-sleep', { select: 'range', start: '-3', end: 'today', split: true })]);
    await loaded();
    rig.node('source').receive({});
    await rig.until('three messages', () => rig.messages.length === 3);
    assert.deepEqual(
      rig.messages.map(({ payload }) => (payload as { score: number }).score),
      [70, 71, 72],
    );
    assert.deepEqual(
      rig.messages.map(({ parts }) => (parts as { index: number; count: number }).index),
      [0, 1, 2],
    );
  });

  it('finds a document by its id, and says no_data for one that is not there', async () => {
    await rig.load([source('oura-daily-sleep')]);
    await loaded();
    assert.equal(((await rig.ask('source', { oura: { id: 'ds-2026-03-13' } })).payload as { score: number }).score, 71);
    const missing = await rig.ask('source', { oura: { id: 'nothing' } });
    assert.deepEqual([missing.payload, missing.oura['reason']], [null, 'no_data']);
  });

  it('answers a series by local days, the newest row as one row', async () => {
    await rig.load([source('oura-heartrate')], { timezone: 'Europe/Helsinki' });
    await loaded();
    const today = await rig.ask('source', { oura: { day: '2026-03-15' } });
    assert.deepEqual(
      (today.payload as { bpm: number }[]).map(({ bpm }) => bpm),
      [55, 61, 62],
    ); // 23:30 UTC is 01:30 of the 15th in Helsinki
    assert.equal(((await rig.ask('source')).payload as { bpm: number }).bpm, 62);
  });

  for (const [oura, code] of [
    [{ day: '0024-11-11' }, 'date_invalid'],
    [{ day: '2026-02-30' }, 'date_invalid'],
    [{ start: '2026-03-14', end: '2026-03-01' }, 'range_invalid'],
    [{ select: 'everything' }, 'select_invalid'],
    [{ select: 'id' }, 'id_missing'],
  ] as const) {
    it(`refuses ${JSON.stringify(oura)} with ${code} and goes on answering`, async () => {
      await rig.load([source('oura-daily-sleep')]);
      await loaded();
      rig.node('source').receive({ oura });
      await rig.until('an error', () => rig.errorCodes('source').includes(code));
      assert.ok((await rig.ask('source')).payload !== undefined);
    });
  }

  it('tells new, amended and no older documents, each as a copy of its own', async () => {
    await rig.load([
      source('oura-daily-sleep', { output: 'changes', wires: [['out', 'second']] }),
      refresh,
      { id: 'second', type: 'helper' },
      { id: 'refreshed', type: 'helper' },
    ]);
    let copies = 0;
    rig.node('second').on('input', (msg: object) => {
      copies += 1;
      (msg as { payload: { score: number } }).payload.score = -1;
    });
    await rig.until(
      'the first load',
      () => rig.server.control.requests().length >= 19 && rig.statuses('source').some((text) => text.startsWith('2026')),
    );
    assert.equal(rig.messages.length, 0); // the first load is history
    rig.server.control.put('daily_sleep', dailySleep('2026-03-15', 88).body);
    rig.server.control.put('daily_sleep', dailySleep('2026-03-14', 90).body);
    rig.node('refresh').receive({});
    await rig.until('two changes', () => rig.messages.length === 2 && copies === 2);
    const told = rig.messages.map(({ payload, oura }) => [
      (payload as { score: number }).score,
      oura['change'],
      oura['historic'],
      oura['via'],
    ]);
    assert.deepEqual(told.toSorted(), [
      [88, 'created', false, 'poll'],
      [90, 'updated', false, 'poll'],
    ]);
    const updated = [...rig.messages].find(({ oura }) => oura['change'] === 'updated');
    assert.equal((updated?.oura['previous'] as { score: number }).score, 72);
  });

  it('tells the past too when history is ticked', async () => {
    await rig.load([source('oura-daily-sleep', { output: 'changes', history: true })]);
    await rig.until('three documents', () => rig.messages.length === 3);
    assert.ok(rig.messages.every(({ oura }) => oura['historic'] === true && oura['via'] === 'backfill'));
  });

  it('tells the newest at the start, also when it has yet to be read', async () => {
    await rig.load([source('oura-daily-sleep', { output: 'changes', onStart: true })]);
    await rig.until('the newest', () => rig.messages.length === 1);
    assert.deepEqual([rig.messages[0]?.oura['change'], (rig.messages[0]?.payload as { score: number }).score], ['current', 72]);
  });

  it('tells new heart-rate rows as one list', async () => {
    await rig.load([source('oura-heartrate', { output: 'changes' }), refresh, { id: 'refreshed', type: 'helper' }]);
    await rig.until('the first load', () => rig.statuses('source').some((text) => text.startsWith('2026')));
    for (const [minute, bpm] of [
      ['10', 70],
      ['15', 71],
      ['20', 72],
    ] as const) {
      rig.server.control.put('heartrate', heartRate(`2026-03-15T11:${minute}:00.000Z`, bpm).body);
    }
    rig.node('refresh').receive({});
    await rig.until('the rows', () => rig.messages.length > 0);
    assert.deepEqual(
      rig.messages.map(({ payload }) => (payload as { bpm: number }[]).map(({ bpm }) => bpm)),
      [[70, 71, 72]],
    );
  });

  it('says which account is missing instead of crashing', async () => {
    await rig.load([source('oura-daily-sleep', { account: 'gone' })]);
    rig.node('source').receive({});
    await rig.until('an error', () => rig.errorCodes('source').includes('account_missing'));
    assert.match(rig.statuses('source')[0] ?? '', /error\.account_missing/);
  });
});
