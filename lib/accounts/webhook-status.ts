import type { EndpointKey } from '../catalogue/endpoints';
import type { OuraError } from '../errors/oura-error';
import type { EventKind } from '../ports/event-queue';

/**
 * Why a post was not taken. `unknown_person` nobody here has this person (it is answered as if it were taken) · `unknown_application` no
 * account here has the application of the address.
 */
export type Refusal = 'signature' | 'stale' | 'replayed' | 'malformed' | 'oversized' | 'unknown_person' | 'unknown_application';

/** How the webhooks of one account stand. Instants are epoch ms. Counts are those of its Oura application since the start. */
export interface WebhookStatus {
  /**
   * `off` no address, no application or switched off · `subscribing` on the way, or tried again later · `active` Oura tells of everything
   * wanted · `silent` polling found what no event told of · `refused` Oura does not take the application or its address.
   */
  readonly state: 'off' | 'subscribing' | 'active' | 'silent' | 'refused';
  /** What Oura calls. */
  readonly callbackUrl: string | null;
  readonly problem: OuraError | null;
  readonly subscriptions: { readonly wanted: number; readonly active: number; readonly nextExpiryAt: number | null };
  /** The last event of this person, and the last one of each family and kind. */
  readonly lastEventAt: number | null;
  readonly lastByType: Readonly<Partial<Record<EndpointKey, Readonly<Partial<Record<EventKind, number>>>>>>;
  readonly accepted: number;
  readonly refused: Readonly<Record<Refusal, number>>;
  /** Events of this person whose documents are not in the store yet. */
  readonly waiting: number;
}
