import { DatabaseSync } from 'node:sqlite';
import type { Home } from '../../test/e2e/support/home';
import { until } from '../../test/e2e/support/until';
import { deviceOf, definitionOf, stateOf } from '../../test/support/entity-samples';
import type { RecordedDay } from '../../test/entities/recorded-day';
import { startPublisher } from './publisher';
import { StateChanges } from './state-changes';

/** What a day of one person puts into Home Assistant's recorder. */
export interface RowsMeasured {
  /** States and attributes that were published, of entities that are on by default. */
  readonly messages: number;
  /** Rows of the recorder's table `states`. */
  readonly rows: number;
  /** Rows by key, the most first. */
  readonly byKey: Readonly<Record<string, number>>;
}

const MARK = 'bench_mark';
const device = deviceOf({ personId: 'be9c40000002', slug: 'benchday', name: 'Oura Benchday' });
const entityStart = `oura_${device.slug}_`;

/**
 * Publishes all changes of a simulated day into Home Assistant, step by step, and counts the rows in its database.
 * @param day of a simulated person
 */
export async function measureRows({ homeAssistant, mosquitto }: Home, day: RecordedDay): Promise<RowsMeasured> {
  const publisher = await startPublisher(mosquitto, device);
  const changes = await StateChanges.open(homeAssistant);
  const { transport } = publisher;
  let step = 0;
  /** Resolves when Home Assistant has taken all that was published so far. */
  const taken = async (): Promise<void> => {
    step += 1;
    await publisher.settled();
    const seen = changes.until(new Map([[`sensor.${entityStart}${MARK}`, step]]));
    transport.show([stateOf(MARK, step)]);
    await seen;
  };
  transport.declare(device, [...day.entities.map(({ definition }) => definition), definitionOf(MARK)]);
  transport.setAvailable(true);
  transport.show(day.entities.flatMap(({ state }) => (state === null ? [] : [state])));
  await taken();
  const before = await rowsAt(homeAssistant.recorded, step);
  const sent = mosquitto.messages.length;
  for (const states of day.steps) {
    transport.show(states);
    await taken();
  }
  const after = await rowsAt(homeAssistant.recorded, step);
  const isOfDay = new RegExp(`^oura/${device.slug}/(?:state|attributes)/(?!${MARK}$)`);
  const messages = mosquitto.messages.slice(sent).filter(({ topic }) => isOfDay.test(topic)).length;
  changes.close();
  await publisher.clear();
  const counts = [...after].map(([key, rows]) => [key, rows - (before.get(key) ?? 0)] as const).filter(([, rows]) => rows > 0);
  const byKey = Object.fromEntries(counts.toSorted(([, a], [, b]) => b - a));
  return { messages, rows: counts.reduce((total, [, rows]) => total + rows, 0), byKey };
}

const ROWS = `SELECT meta.entity_id AS id, COUNT(*) AS rows, MAX(CAST(states.state AS REAL)) AS highest
  FROM states JOIN states_meta AS meta ON meta.metadata_id = states.metadata_id
  WHERE instr(meta.entity_id, ?) > 0 GROUP BY meta.entity_id`;

/** Rows by key, once the recorder has written the mark. */
async function rowsAt(file: string, mark: number): Promise<ReadonlyMap<string, number>> {
  return until('the recorder', () => {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      const rows = database.prepare(ROWS).all(`.${entityStart}`);
      const isWritten = rows.some(({ id, highest }) => String(id).endsWith(MARK) && Number(highest) >= mark);
      const ofDay = rows.filter(({ id }) => !String(id).endsWith(MARK));
      return isWritten && new Map(ofDay.map(({ id, rows: count }) => [String(id).split(entityStart)[1] ?? '', Number(count)]));
    } finally {
      database.close();
    }
  });
}
