import { isoInstant } from '../sources/iso-instant';
import type { Wording } from '../sources/status-report';
import { webhookHealth } from './webhook-health';
import type { WebhookStatus } from './webhook-status';

/** The payload that tells of a change: health, state, and what is wrong. */
export function webhookNews(status: WebhookStatus, wording: Wording): Readonly<Record<string, unknown>> {
  return { event: 'webhooks', health: webhookHealth(status), state: status.state, ...problemOf(status, wording) };
}

/** The payload that answers the question how the webhooks stand. Instants are ISO 8601; null = never. */
export function webhookReport(status: WebhookStatus, wording: Wording): Readonly<Record<string, unknown>> {
  const { callbackUrl, subscriptions, lastEventAt, lastByType, accepted, refused, waiting } = status;
  const last = Object.entries(lastByType).map(([family, kinds]) => [
    family,
    Object.fromEntries(Object.entries(kinds).map(([kind, at]) => [kind, isoInstant(at)])),
  ]);
  return {
    ...webhookNews(status, wording),
    event: 'report',
    callbackUrl,
    subscriptions: { ...subscriptions, nextExpiryAt: isoInstant(subscriptions.nextExpiryAt) },
    lastEventAt: isoInstant(lastEventAt),
    lastByType: Object.fromEntries(last) as unknown,
    accepted,
    refused,
    waiting,
  };
}

function problemOf({ problem }: WebhookStatus, { text, remedy }: Wording): Readonly<Record<string, unknown>> {
  return problem === null ? {} : { code: problem.code, text: text(problem), remedy: remedy(problem) };
}
