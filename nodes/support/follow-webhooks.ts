import type { Node, NodeAPI } from 'node-red';
import type { WebhookDesk } from '../../lib/accounts/webhook-desk';
import { webhookHealth } from '../../lib/accounts/webhook-health';
import type { WebhookStatus } from '../../lib/accounts/webhook-status';
import type { WebhookEvent } from '../../lib/ports/event-queue';
import type { AccountSession } from '../../lib/sync/account-session';
import { latestEvent } from './latest-event';
import { statusLight } from './status-light';
import { webhookLight } from './webhook-light';

/** The age of the last event grows by minutes. */
const TICK_MS = 60_000;

interface Listener {
  readonly onEvent: (event: WebhookEvent) => void;
  /** The webhooks stand otherwise than before. */
  readonly onNews: (status: WebhookStatus) => void;
}

/** Shows how the webhooks of an account stand below a node, and tells each event and each change, until the node closes. */
export function followWebhooks(
  RED: NodeAPI,
  node: Node,
  desk: Pick<WebhookDesk, 'statusOf' | 'changed'>,
  session: AccountSession,
  { onEvent, onNews }: Listener,
): void {
  const { id } = session.config;
  const light = statusLight(node);
  const standing = (status: WebhookStatus): string => `${webhookHealth(status)} ${status.problem?.code ?? ''}`;
  let known = standing(desk.statusOf(id));
  const show = (): void => {
    const status = desk.statusOf(id);
    light(webhookLight(RED, status, latestEvent(status), session.connection?.clock.now() ?? Date.now()));
    if (standing(status) === known) return;
    known = standing(status);
    onNews(status);
  };
  const ends = [
    session.events.add((event) => {
      if (event.type === 'heard') onEvent(event.event);
      show();
    }),
    desk.changed.add((accountId) => {
      if (accountId === id) show();
    }),
  ];
  const ticking = setInterval(show, TICK_MS);
  show();
  node.on('close', () => {
    clearInterval(ticking);
    for (const end of ends) end();
  });
}
