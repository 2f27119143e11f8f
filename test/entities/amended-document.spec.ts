import assert from 'node:assert/strict';
import type { Way } from '../../lib/entities/way';
import { Ledger } from '../../lib/home/ledger';
import { MqttRig } from '../home/mqtt/mqtt-rig';
import { HandPerson, type HandDocument } from '../simulator/server/support/hand-person';
import { dailySleep, night } from '../support/days';
import { EntitiesRig } from './entities-rig';

const NOW = '2026-03-15T09:00:00Z';
const LATER_MS = 30 * 60_000;

const readiness = (score: number, recovery: number, visible = NOW): HandDocument => ({
  endpoint: 'daily_readiness',
  anchor: '2026-03-15T00:00:00Z',
  visible,
  body: {
    id: 'r-2026-03-15',
    day: '2026-03-15',
    score,
    temperature_deviation: 0.1,
    contributors: { recovery_index: recovery },
    timestamp: '2026-03-15T00:00:00+00:00',
  },
});

describe('one amended document, at a real broker', () => {
  let mqtt: MqttRig;
  let rig: EntitiesRig;
  /** Topics of the person at which something was published since then, without what says how the account is doing. */
  const topicsSince = (count: number): readonly string[] =>
    mqtt
      .messages()
      .slice(count)
      .map(({ topic }) => topic.replace('oura/ann/', ''))
      .filter((topic) => !/^state\/(?:last_contact|calls_today|next_poll)$/.test(topic))
      .toSorted();
  const wayTo = (): Way => ({
    transport: 'mqtt',
    place: mqtt.client.id,
    canSwitchOff: true,
    broker: mqtt.client,
    open: ({ settings, personId }, owner) => mqtt.transport(owner, { personId, ledger: new Ledger(settings) }),
    onChange: (listener) => mqtt.client.onConnected(listener),
  });
  /** The topics of what half an hour later is amended. */
  const amendedBy = async (...amended: readonly HandDocument[]): Promise<readonly string[]> => {
    mqtt = await MqttRig.start();
    const documents = [dailySleep('2026-03-15', 72), night('2026-03-15'), readiness(60, 50), ...amended];
    rig = await EntitiesRig.of(NOW, new HandPerson(documents, { zone: 'UTC' }));
    const served = await rig.shown({}, { way: wayTo() });
    const count = mqtt.sent();
    await rig.later(served, LATER_MS);
    await rig.until('the broker', () => topicsSince(count).length > 0 && served.entities.status.kind === 'published');
    return topicsSince(count);
  };
  afterEach(async () => {
    await rig.clear();
    await mqtt.close();
  });

  it('sends one message for the value that changed, and no discovery', async () => {
    assert.deepEqual(await amendedBy(readiness(61, 50, '2026-03-15T09:20:00Z')), ['state/readiness_score']);
  });

  it('sends the judgements that follow from the value too', async () => {
    assert.deepEqual(await amendedBy(readiness(95, 50, '2026-03-15T09:20:00Z')), ['state/optimal_readiness', 'state/readiness_score']);
  });

  it('sends what else of the document has changed, and where it is told as a detail', async () => {
    assert.deepEqual(await amendedBy(readiness(60, 70, '2026-03-15T09:20:00Z')), [
      'attributes/readiness_score',
      'state/readiness_contributor_recovery_index',
    ]);
  });

  it('sends nothing for one that says the same once more', async () => {
    const sleep = { ...dailySleep('2026-03-15', 74), visible: '2026-03-15T09:20:00Z' };
    assert.deepEqual(await amendedBy(readiness(60, 50, '2026-03-15T09:20:00Z'), sleep), ['state/sleep_score']);
  });
});
