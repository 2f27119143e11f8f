import * as z from 'zod';
import { instantOf } from '../../api/instant-of';
import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../../catalogue/endpoints';
import { EVENT_KINDS, type EventKind } from '../../ports/event-queue';
import { personIdOf } from '../person-id';

/** What a post says. */
export interface ToldEvent {
  readonly personId: string;
  /** null = a kind of data that Oura has no documents of, such as `meal`, or one that came later. */
  readonly endpoint: EndpointKey | null;
  readonly kind: EventKind;
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
}

const ID_MAX = 200;
const shape = z.looseObject({
  event_type: z.enum(EVENT_KINDS),
  data_type: z.string().min(1).max(ID_MAX),
  object_id: z.string().min(1).max(ID_MAX),
  event_time: z.string().max(ID_MAX),
  user_id: z.string().min(1).max(ID_MAX),
});
const BY_DATA_TYPE = new Map(ENDPOINT_KEYS.map((key) => [endpointOf(key).webhook, key]));

/** Reads the body of a post. @returns null when it is not what Oura sends */
export function readEvent(body: Buffer): ToldEvent | null {
  const { data } = shape.safeParse(readJson(body));
  const at = data === undefined ? null : instantOf(data.event_time);
  if (data === undefined || at === null) return null;
  const { event_type: kind, data_type: dataType, object_id: id, user_id: userId } = data;
  return { personId: personIdOf(userId), endpoint: BY_DATA_TYPE.get(dataType) ?? null, kind, id, at };
}

/** @returns undefined when it is not JSON */
function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
