import type { EntityEvent } from '../entity';
import { attributesPayload } from './attributes-payload';

/** Payload that starts automations on an event entity; never retained. */
export function eventPayload({ eventType, attributes }: EntityEvent): string {
  return JSON.stringify({ ...(JSON.parse(attributesPayload(attributes)) as object), event_type: eventType });
}
