import { z } from 'zod';
import { deviceIdOf, SERVER_ID } from './node-id';

/** An entity of a person in Home Assistant's registry. */
export interface RegistryEntry {
  readonly entityId: string;
  /** Domain of the entity id. */
  readonly component: string;
  readonly key: string;
  /** Which node id of the key it has, see `nodeIdOf`. */
  readonly count: number;
  /** Options of a sensor that a person or we have chosen. */
  readonly sensorOptions: Readonly<Record<string, unknown>>;
}

const schema = z.object({
  entity_id: z.string(),
  unique_id: z.unknown(),
  platform: z.string(),
  options: z
    .object({ sensor: z.record(z.string(), z.unknown()).optional() })
    .nullish()
    .catch(null),
});

/** What is ours and this person's in the answer to `config/entity_registry/list`; what cannot be read is not ours. */
export function registryEntries(answer: unknown, personId: string): readonly RegistryEntry[] {
  const prefix = `nodered-${SERVER_ID}-${deviceIdOf(personId)}_`;
  return (Array.isArray(answer) ? answer : []).flatMap((row: unknown) => {
    const { success, data } = schema.safeParse(row);
    if (!success || data.platform !== 'nodered' || typeof data.unique_id !== 'string' || !data.unique_id.startsWith(prefix)) return [];
    const [, key = '', count] = /^(.+?)(?:-(\d+))?$/.exec(data.unique_id.slice(prefix.length)) ?? [];
    const [component = ''] = data.entity_id.split('.');
    const sensorOptions = data.options?.sensor ?? {};
    return [{ entityId: data.entity_id, component, key, count: count === undefined ? 1 : Number(count), sensorOptions }];
  });
}
