import { LIMITS } from '../../catalogue/limits';
import type { EventKey } from '../event-rows';
import type { Happening } from './happening';

interface Told {
  readonly key: EventKey;
  readonly eventType: string;
  readonly attributes: Happening['attributes'];
  readonly at: number;
}

/** Completes a happening. @param topic missing = `event/<key>` */
export function happeningOf({ key, eventType, attributes, at }: Told, now: number, topic = `event/${key}`): Happening {
  return { key, eventType, busEvent: `oura_${key}`, topic, attributes, at, isLate: now - at > LIMITS.eventKeepMs };
}
