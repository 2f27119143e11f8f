import type { EndpointKey } from '../catalogue/endpoints';
import type { OuraError } from '../errors/oura-error';
import type { WebhookEvent } from '../ports/event-queue';
import type { Fetch } from './plan';
import type { FetchOutcome } from './run-fetch';

/** What an account does at the moment. `percent` counts the days of all families; instants are epoch ms. */
export type AccountState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'syncing'; readonly percent: number }
  | { readonly kind: 'connected' }
  | { readonly kind: 'waiting'; readonly until: number }
  | { readonly kind: 'sign_in' }
  | { readonly kind: 'membership' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'offline'; readonly since: number };

/**
 * Whether events of webhooks can be relied on: `off` no subscriptions cover this person · `active` · `silent` polling finds what no event
 * told of.
 */
export type WebhookHealth = 'off' | 'active' | 'silent';

/** What an engine tells whoever listens. */
export type EngineEvent =
  | { readonly type: 'synced'; readonly endpoint: EndpointKey; readonly fetch: Fetch['kind']; readonly outcome: FetchOutcome }
  | { readonly type: 'state'; readonly state: AccountState }
  | { readonly type: 'problem'; readonly error: OuraError; readonly endpoint: EndpointKey | null }
  | { readonly type: 'solved'; readonly code: string; readonly endpoint: EndpointKey | null }
  | { readonly type: 'heard'; readonly event: WebhookEvent }
  | { readonly type: 'webhooks'; readonly health: WebhookHealth };
