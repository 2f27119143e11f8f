import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { NodeMessage } from 'node-red';
import helper from 'node-red-node-test-helper';
import { ENDPOINT_KEYS } from '../../lib/catalogue/endpoints';
import { nodeTypeOf } from '../../lib/catalogue/node-type';
import { dailySleep, heartRate, night } from '../support/days';
import { FlowRig } from '../support/flow-rig';
import { HandPerson } from '../simulator/server/support/hand-person';

/** Values that occur nowhere else, so that each is found wherever it leaks to. */
const TOKEN = 'n0-0ne-reads-this-token';
const WORDS = 'w0rds-of-a-body';
const SECRETS = ['918273', '827364', '736455', WORDS, TOKEN, 'person@example.com', '74.8'] as const;
const DOCUMENTS = [
  dailySleep('2026-03-14', 918_273),
  night('2026-03-14', { average_hrv: 827_364 }),
  heartRate('2026-03-15T08:00:00.000Z', 736_455),
];
const LEAK = { detail: `${WORDS} of ${TOKEN}: 918273, 827364, 736455` };

/** Answers that are told at once, each full of what nobody may read. The refused token comes last: then nothing is asked any more. */
const FAULTS = [
  ['request_refused', { status: 400, body: LEAK }],
  ['body_unexpected', { body: { [WORDS]: 918_273 } }],
  ['document_invalid', { body: { data: [{ id: WORDS, day: '918273', score: '827364' }, WORDS, 736_455], next_token: null } }],
  ['page_repeated', { repeatNextToken: true }],
  ['not_authorised', { status: 401, body: LEAK }],
] as const;

const deeply = (value: unknown): string => inspect(value, { depth: 12, showHidden: true, maxStringLength: null, maxArrayLength: null });

function assertSilent(text: string, where: string): void {
  for (const secret of SECRETS) {
    const at = text.indexOf(secret);
    assert.equal(at, -1, `${where} holds ${secret}: …${text.slice(Math.max(0, at - 120), at + 60)}…`);
  }
}

describe('nodes in a flow', () => {
  let rig: FlowRig;

  beforeEach(async () => {
    rig = await FlowRig.start(new HandPerson(DOCUMENTS, { zone: 'UTC' }), '2026-03-15T12:00:00Z');
    rig.server.control.addToken({ token: TOKEN, personId: rig.server.control.personIds[0] ?? '' });
  });
  afterEach(() => rig.clear());

  it('show no health value and no token in statuses, errors, problems, reports and the log of Node-RED', async () => {
    const sources = ENDPOINT_KEYS.map((key) => ({ id: key, type: nodeTypeOf(key), account: 'account', output: 'both', wires: [['data']] }));
    const status = { id: 'status', type: 'oura-status', account: 'account', syncs: true, states: true, problems: true, wires: [['out']] };
    const refresh = { id: 'refresh', type: 'oura-refresh', account: 'account', range: 'recent', wires: [['out']] };
    await rig.load([...sources, status, refresh, { id: 'data', type: 'helper' }], { historyDays: 7 }, TOKEN);
    const told: NodeMessage[] = [];
    rig.node('data').on('input', (msg: NodeMessage) => {
      told.push(msg);
    });
    const problems = (): readonly unknown[] =>
      rig.messages
        .map(({ payload }) => payload as { event?: string; code?: string })
        .flatMap(({ event, code }) => (event === 'problem' ? [code] : []));
    await rig.until('the first load', () => rig.statuses('status').some((text) => text.includes('state.connected')));
    rig.node('sleep').receive({});
    await rig.until('the night', () => told.length > 0);
    assert.equal((told[0]?.payload as { average_hrv: number }).average_hrv, 827_364); // there is something to leak
    for (const [code, fault] of FAULTS) {
      rig.server.control.fail({ match: { path: '/v2/usercollection/sleep' }, ...fault });
      const before = rig.doneBy('refresh');
      rig.node('refresh').receive({ oura: { families: ['sleep', 'heartrate'] } });
      await rig.until(code, () => rig.doneBy('refresh') > before && problems().includes(code));
      rig.server.control.clearFaults();
    }
    rig.node('refresh').receive({ oura: { families: ['steps'] } });
    rig.node('status').receive({});
    await rig.until('a report', () => rig.messages.some(({ payload }) => (payload as { event?: string }).event === 'report'));
    await rig.until('the refusal', () => rig.errorCodes('refresh').includes('family_unknown'));
    assertSilent(deeply(rig.messages), 'a message of status or refresh');
    assertSilent(rig.log.join('\n'), 'our log');
    assertSilent(deeply(rig.completed.map(({ error }) => error)), 'an error');
    for (const id of [...ENDPOINT_KEYS, 'status', 'refresh']) assertSilent(rig.statuses(id).join('\n'), `the status of ${id}`);
    assertSilent(deeply(helper.log().args), "Node-RED's log");
  });
});
