import { connectAsync } from 'mqtt';
import type { EntityState } from '../../lib/home/entity';
import { statePayload } from '../../lib/home/mqtt/state-payload';
import { topicsOf } from '../../lib/home/mqtt/topics';
import type { Home } from '../../test/e2e/support/home';
import { catalogueEntities } from '../../test/support/catalogue-entities';
import { deviceOf } from '../../test/support/entity-samples';
import { startPublisher } from './publisher';
import { StateChanges } from './state-changes';

/** How long changes took to be seen, in milliseconds, shortest first: one entry for each round. */
export interface ChangesMeasured {
  readonly published: readonly number[];
  /** The same topics and payloads, handed to the broker by a client that does nothing else. */
  readonly plain: readonly number[];
}

const AT_ONCE = 100;
const ROUNDS = 50;
/** Rounds that are not counted: Home Assistant and this program warm up. */
const WARM_UP = 5;
const device = deviceOf({ personId: 'be9c40000001', slug: 'bench', name: 'Oura Bench' });
const entities = catalogueEntities()
  .filter(({ definition: { component, stateClass } }) => component === 'sensor' && stateClass !== null)
  .slice(0, AT_ONCE);
const entityIdOf = (key: string): string => `sensor.oura_${device.slug}_${key}`;

/** Changes 100 metrics at once, by the package's publisher and by a plain one in turn, until Home Assistant has told of all of them. */
export async function measureChanges({ homeAssistant, mosquitto }: Home): Promise<ChangesMeasured> {
  if (entities.length < AT_ONCE) throw new Error(`there are ${entities.length} metrics only`);
  const publisher = await startPublisher(mosquitto, device);
  const plain = await connectAsync(mosquitto.url, { protocolVersion: 5 });
  const changes = await StateChanges.open(homeAssistant);
  const topics = topicsOf({ prefix: 'homeassistant', personId: device.personId, slug: device.slug });
  let turn = 0;
  const round = async (send: (states: readonly EntityState[]) => Promise<unknown>): Promise<number> => {
    turn += 1;
    const states = entities.map(({ state }) => ({ ...state, state: 1000 * turn + Number(state.state) }));
    const seen = changes.until(new Map(states.map(({ key, state }) => [entityIdOf(key), state])));
    const begin = performance.now();
    const [at] = await Promise.all([seen, send(states)]);
    return at - begin;
  };
  const byPublisher = (states: readonly EntityState[]): Promise<void> => {
    publisher.transport.show(states);
    return publisher.settled();
  };
  const byPlain = (states: readonly EntityState[]): Promise<unknown> => {
    const messages = states.map((state, index) => ({ state, definition: entities[index]?.definition }));
    return Promise.all(
      messages.map(({ state, definition }) => {
        if (definition === undefined) throw new Error('a state without an entity');
        return plain.publishAsync(topics.state(state.key), statePayload(definition, state), { qos: 1, retain: true });
      }),
    );
  };
  publisher.transport.declare(
    device,
    entities.map(({ definition }) => definition),
  );
  publisher.transport.setAvailable(true);
  await round(byPublisher);
  const took = { published: [] as number[], plain: [] as number[] };
  for (let count = -WARM_UP; count < ROUNDS; count += 1) {
    const [published, floor] = [await round(byPublisher), await round(byPlain)];
    if (count < 0) continue;
    took.published.push(published);
    took.plain.push(floor);
  }
  changes.close();
  await plain.endAsync();
  await publisher.clear();
  return { published: took.published.toSorted((a, b) => a - b), plain: took.plain.toSorted((a, b) => a - b) };
}
