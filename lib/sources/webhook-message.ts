import { endpointOf } from '../catalogue/endpoints';
import type { EventKind, WebhookEvent } from '../ports/event-queue';
import { isoInstant } from './iso-instant';

/** What a webhook node's dialog holds; of an unknown shape, as flows are edited by hand. */
export interface WebhookChoice {
  /** Kinds of events to tell. */
  readonly events?: unknown;
  /** Families to tell of; none = all. */
  readonly families?: unknown;
}

/** What a webhook told, as a payload. Instants are ISO 8601. */
export interface WebhookPayload {
  readonly event: 'webhook';
  readonly event_type: EventKind;
  /** As Oura calls it. */
  readonly data_type: string;
  readonly family: WebhookEvent['endpoint'];
  readonly object_id: string;
  readonly event_time: string | null;
  readonly received_at: string | null;
}

const named = (list: unknown): readonly unknown[] => (Array.isArray(list) ? (list as readonly unknown[]) : []); // of whatever

/** What a webhook node tells of an event; null when it is not wanted. A choice that names no kind of event tells none. */
export function webhookPayload(
  { endpoint, kind, id, at, receivedAt }: WebhookEvent,
  { events, families }: WebhookChoice,
): WebhookPayload | null {
  const isWanted = events === undefined || named(events).includes(kind);
  const isOfWanted = named(families).length === 0 || named(families).includes(endpoint);
  if (!isWanted || !isOfWanted) return null;
  return {
    event: 'webhook',
    event_type: kind,
    data_type: endpointOf(endpoint).webhook ?? endpoint,
    family: endpoint,
    object_id: id,
    event_time: isoInstant(at),
    received_at: isoInstant(receivedAt),
  };
}
