import assert from 'node:assert/strict';
import { dailySleep, night } from '../support/days';
import { FlowRig } from '../support/flow-rig';
import { HandPerson } from '../simulator/server/support/hand-person';

const NODES = [
  { id: 'source', type: 'oura-daily-sleep', account: 'account', output: 'changes', wires: [['out']] },
  { id: 'status', type: 'oura-status', account: 'account', syncs: false, states: false, problems: false, wires: [['reports']] },
  { id: 'refresh', type: 'oura-refresh', account: 'account', range: 'recent', wires: [['reports']] },
  { id: 'reports', type: 'helper' },
];
const WITHOUT_SOURCE = NODES.filter(({ id }) => id !== 'source');
const ACCOUNT = { historyDays: 7 };

describe('a flow that is stopped and started again', () => {
  let rig: FlowRig;

  beforeEach(async () => {
    rig = await FlowRig.start(new HandPerson([dailySleep('2026-03-14', 72), night('2026-03-14')], { zone: 'UTC' }), '2026-03-15T12:00:00Z');
  });
  afterEach(() => rig.clear());

  const start = async (nodes: readonly object[] = NODES): Promise<void> => {
    await rig.load(nodes, ACCOUNT);
    await rig.until('the account', () => rig.statuses('status').some((text) => text.includes('state.connected')));
  };
  const read = async (): Promise<void> => {
    const before = rig.doneBy('refresh');
    rig.node('refresh').receive({});
    await rig.until('the end of the reading', () => rig.doneBy('refresh') > before);
  };
  const scores = (): readonly unknown[] => rig.messages.map(({ payload }) => (payload as { score: number }).score);

  it('tells once what came meanwhile, and nothing that was told before', async () => {
    await start();
    rig.server.control.put('daily_sleep', dailySleep('2026-03-15', 88).body);
    await read();
    await rig.until('the first change', () => rig.messages.length === 1);
    await rig.unload();
    await start(WITHOUT_SOURCE); // the account works on while the source node is not there
    rig.server.control.put('daily_sleep', dailySleep('2026-03-15', 91).body);
    await read();
    await rig.unload();
    await start();
    await rig.until('the second change', () => rig.messages.length === 2);
    await rig.unload();
    await start();
    await read();
    assert.deepEqual(scores(), [88, 91]);
    assert.deepEqual(
      rig.messages.map(({ oura }) => oura['change']),
      ['created', 'updated'],
    );
  });

  it('tells what Oura got while the account was stopped too', async () => {
    await start();
    await rig.unload();
    rig.server.control.advance(6000); // longer than the grace of a redeploy
    rig.server.control.put('daily_sleep', dailySleep('2026-03-15', 88).body);
    rig.server.control.advance(20 * 60_000); // the next poll is due
    await start();
    await rig.until('the change', () => rig.messages.length === 1);
    await read();
    assert.deepEqual(scores(), [88]);
    assert.equal(rig.messages[0]?.oura['historic'], false);
  });

  it('tells no change that is older than a day', async () => {
    await start();
    await rig.unload();
    await start(WITHOUT_SOURCE);
    rig.server.control.put('daily_sleep', dailySleep('2026-03-15', 88).body);
    await read();
    await rig.unload();
    rig.server.control.advance(25 * 3_600_000);
    await start();
    await read();
    assert.deepEqual(scores(), []);
  });
});
