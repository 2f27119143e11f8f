import type { WebhookStatus } from '../../../lib/accounts/webhook-status';

const NONE = { signature: 0, stale: 0, replayed: 0, malformed: 0, oversized: 0, unknown_person: 0, unknown_application: 0 };

/** Webhooks that are active and have heard nothing. */
export function webhookStatus(more: Partial<WebhookStatus> = {}): WebhookStatus {
  return {
    state: 'active',
    callbackUrl: 'https://ring.example.org/oura/webhook/0123456789abcdef',
    problem: null,
    subscriptions: { wanted: 48, active: 48, nextExpiryAt: Date.parse('2026-06-13T09:00:00Z') },
    lastEventAt: null,
    lastByType: {},
    accepted: 0,
    refused: NONE,
    waiting: 0,
    ...more,
  };
}
