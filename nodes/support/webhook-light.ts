import type { NodeAPI, NodeStatus } from 'node-red';
import type { WebhookStatus } from '../../lib/accounts/webhook-status';
import type { WebhookEvent } from '../../lib/ports/event-queue';
import { sharedText, textOfError } from './texts';

const LOOKS = {
  off: { fill: 'grey', shape: 'ring' },
  subscribing: { fill: 'blue', shape: 'ring' },
  active: { fill: 'green', shape: 'dot' },
  silent: { fill: 'yellow', shape: 'ring' },
  refused: { fill: 'red', shape: 'ring' },
} as const satisfies Record<WebhookStatus['state'], NodeStatus>;

const UNITS = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
] as const;

/** The last event, however long ago. */
type LastEvent = Pick<WebhookEvent, 'endpoint' | 'kind' | 'receivedAt'>;

/**
 * How the webhooks of an account stand, as a node status: what is wrong, else the last event with its age, else the state.
 * @param last the latest event that the node knows @param now epoch ms of the clock that `last` was read from
 */
export function webhookLight(RED: NodeAPI, { state, problem }: WebhookStatus, last: LastEvent | null, now: number): NodeStatus {
  const look = LOOKS[state];
  if (problem !== null) return { ...look, text: textOfError(RED, problem) };
  if (state !== 'active' || last === null) return { ...look, text: sharedText(RED, `webhookState.${state}`) };
  const family = sharedText(RED, `family.${last.endpoint}.label`);
  return { ...look, text: RED._(`oura-webhook.last.${last.kind}`, { family, age: ageOf(RED, now - last.receivedAt) }) };
}

function ageOf(RED: NodeAPI, ms: number): string {
  const [unit, size] = UNITS.find(([, length]) => ms >= length) ?? [null, 1];
  return RED._(`oura-webhook.age.${unit ?? 'now'}`, { count: Math.trunc(ms / size) });
}
