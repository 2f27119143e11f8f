import type { SubscriptionType, WebhookSubscription } from '../../api/webhook-subscriptions';
import { LIMITS } from '../../catalogue/limits';
import { keyOfType } from './key-of-type';

/** What an application shall have at Oura. */
export interface SubscriptionTarget {
  /** null = nothing: what is ours goes. */
  readonly callbackUrl: string | null;
  readonly types: readonly SubscriptionType[];
  /** Addresses that were ours before. */
  readonly formerUrls: readonly string[];
  /** Whether all who may want something have said so; until then nothing is removed. */
  readonly isComplete: boolean;
}

/** What to do about it, in this order: what is new first, so that no step leaves a gap. */
export type SubscriptionStep =
  | { readonly do: 'create'; readonly type: SubscriptionType }
  | { readonly do: 'move'; readonly subscription: WebhookSubscription; readonly type: SubscriptionType }
  | { readonly do: 'renew'; readonly subscription: WebhookSubscription; readonly type: SubscriptionType }
  | { readonly do: 'remove'; readonly subscription: WebhookSubscription };

/** When a subscription is to be renewed, epoch ms. @param lifeMs how long it runs from its last renewal; null = not known */
export function renewalOf(expiresAt: number, lifeMs: number | null): number {
  return expiresAt - Math.min(LIMITS.webhookRenewAheadMs, lifeMs === null ? Infinity : lifeMs * LIMITS.webhookRenewShare);
}

/**
 * Pure: compares what Oura has with what is wanted. A subscription of a wanted kind and type comes here whatever its address, because an
 * application can have only one; others are left alone unless they are ours.
 * @param lifeOf how long a subscription runs, ms; null = not known
 */
export function planSubscriptions(
  listed: readonly WebhookSubscription[],
  target: SubscriptionTarget,
  now: number,
  lifeOf: (id: string) => number | null,
): readonly SubscriptionStep[] {
  const { callbackUrl, types, formerUrls, isComplete } = target;
  const found = types.map((type) => ({ type, subscription: chosen(listed, type, callbackUrl) }));
  const kept = new Set(found.flatMap(({ subscription }) => subscription?.id ?? []));
  const isOurs = (one: WebhookSubscription): boolean => one.callbackUrl === callbackUrl || formerUrls.includes(one.callbackUrl);
  const isDue = ({ id, expiresAt }: WebhookSubscription): boolean => expiresAt !== null && now >= renewalOf(expiresAt, lifeOf(id));
  const wanted = found.flatMap(({ type, subscription }): readonly SubscriptionStep[] => {
    if (subscription === null) return [{ do: 'create', type }];
    return [
      ...(subscription.callbackUrl === callbackUrl ? [] : [{ do: 'move', subscription, type } as const]),
      ...(isDue(subscription) ? [{ do: 'renew', subscription, type } as const] : []),
    ];
  });
  const superfluous = isComplete ? listed.filter((one) => isOurs(one) && !kept.has(one.id)) : [];
  return [...wanted, ...superfluous.map((subscription) => ({ do: 'remove', subscription }) as const)];
}

function chosen(listed: readonly WebhookSubscription[], type: SubscriptionType, callbackUrl: string | null): WebhookSubscription | null {
  const same = listed.filter((one) => keyOfType(one) === keyOfType(type));
  return same.find((one) => one.callbackUrl === callbackUrl) ?? same[0] ?? null;
}
