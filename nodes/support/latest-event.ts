import type { WebhookStatus } from '../../lib/accounts/webhook-status';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import type { EventKind, WebhookEvent } from '../../lib/ports/event-queue';

/** The last event that a status knows of; null = none came. */
export function latestEvent({ lastByType }: WebhookStatus): Pick<WebhookEvent, 'endpoint' | 'kind' | 'receivedAt'> | null {
  type Families = readonly (readonly [EndpointKey, Readonly<Partial<Record<EventKind, number>>>])[];
  const families = Object.entries(lastByType) as unknown as Families; // its own keys
  const all = families.flatMap(([endpoint, kinds]) =>
    Object.entries(kinds).map(([kind, receivedAt]) => ({ endpoint, kind: kind as EventKind, receivedAt })),
  );
  return all.toSorted((one, other) => other.receivedAt - one.receivedAt)[0] ?? null;
}
