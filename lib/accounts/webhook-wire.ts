/** What the editor and the server say to each other about webhooks; the ways of `wire.ts` hold. */
import type { AddressStepKey } from './address-findings';
import type { DialogValues, Told } from './wire';

/** POST webhook-address { values }: what the typed address of webhooks is completed to; also the request of check-address. */
export interface WebhookAddressRequest {
  readonly values: DialogValues;
}
export interface WebhookAddressAnswer {
  /** What Oura would call; null = nothing was typed, it is no address, or there is no client id. */
  readonly callbackUrl: string | null;
}

/** POST check-address { values }: what a stranger gets at the public address of webhooks. */
export interface AddressVerdict {
  /** What was called, without its query; null = what was typed is no address. */
  readonly callbackUrl: string | null;
  /** Whether the call arrived here and its answer came back; notices do not change that. */
  readonly works: boolean;
  /** In the order in which one thing makes the next possible, up to the first problem. */
  readonly steps: readonly AddressStep[];
}
export interface AddressStep {
  /** Its text when all is well is `address.step.<step>`. */
  readonly step: AddressStepKey;
  readonly level: 'ok' | 'notice' | 'problem';
  /** What was found when it is not ok: `address.found.<code>` and `address.remedy.<code>`. */
  readonly found: Told | null;
}

/** How the webhooks of an account stand. Instants are ISO 8601. */
export interface WebhookOverview {
  readonly state: string;
  readonly problem: Told | null;
  readonly lastEventAt: string | null;
  readonly waiting: number;
}
