/**
 * How the webhooks of an account can stand. `off` no address, no application or switched off · `subscribing` on the way, or tried again
 * later · `active` Oura tells of everything wanted · `silent` polling found what no event told of · `refused` Oura does not take the
 * application or its address.
 */
export const WEBHOOK_STATES = ['off', 'subscribing', 'active', 'silent', 'refused'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];
