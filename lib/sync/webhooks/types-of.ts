import type { SubscriptionType } from '../../api/webhook-subscriptions';
import { endpointOf, type EndpointKey } from '../../catalogue/endpoints';
import { EVENT_KINDS } from '../../ports/event-queue';

/** The subscriptions that tell of a family; none where Oura has none. */
export function typesOf(family: EndpointKey): readonly SubscriptionType[] {
  const { webhook } = endpointOf(family);
  return webhook === null ? [] : EVENT_KINDS.map((kind) => ({ kind, dataType: webhook }));
}
