import type { WebhookState } from '../catalogue/webhook-states';
import type { WebhookHealth } from '../sync/engine-events';
import type { WebhookStatus } from './webhook-status';

const HEALTH: Readonly<Record<WebhookState, WebhookHealth>> = {
  off: 'off',
  subscribing: 'off',
  active: 'active',
  silent: 'silent',
  refused: 'off',
};

/** Whether events can be relied on, by how the webhooks stand. */
export function webhookHealth({ state }: Pick<WebhookStatus, 'state'>): WebhookHealth {
  return HEALTH[state];
}
