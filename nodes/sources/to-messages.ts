import type { NodeAPI, NodeMessage } from 'node-red';
import type { SourceMessage } from '../../lib/sources/source-message';
import type { Outgoing } from '../support/on-input';

/**
 * An answer on the message that asked: whole, or one message per element with `msg.parts`. What was asked (`msg.oura`) is replaced by the
 * answer's.
 */
export function toMessages(RED: NodeAPI, msg: NodeMessage, answer: SourceMessage, split: boolean): Outgoing {
  const items: readonly unknown[] = Array.isArray(answer.payload) ? answer.payload : [];
  if (!split || items.length === 0) return Object.assign(msg, answer);
  const messages = items.map((payload, index) => ({
    ...RED.util.cloneMessage({ ...msg, ...answer, payload: null }),
    payload,
    parts: { id: msg._msgid, type: 'array' as const, count: items.length, len: 1, index },
  }));
  return [messages];
}
