import assert from 'node:assert/strict';
import { OuraError } from '../../lib/errors/oura-error';
import { webhookOrder, type WebhookCommand } from '../../lib/sources/webhook-order';

const CASES: readonly (readonly [Parameters<typeof webhookOrder>[0], WebhookCommand])[] = [
  [{}, 'status'],
  [{ payload: 1_773_555_000_000 }, 'status'],
  [{ payload: { any: 'thing' } }, 'status'],
  [{ payload: '' }, 'status'],
  [{ payload: ' check ' }, 'check'],
  [{ payload: 'subscribe' }, 'subscribe'],
  [{ oura: { command: 'check' } }, 'check'],
  [{ payload: 'subscribe', oura: { command: 'status' } }, 'status'],
  [{ payload: 'check', oura: { select: 'latest' } }, 'check'],
  [{ payload: 'check', oura: null }, 'check'],
];

describe('what a message asks of a webhook node', () => {
  for (const [msg, command] of CASES)
    it(`is ${command} for ${JSON.stringify(msg)}`, () => {
      assert.equal(webhookOrder(msg), command);
    });

  for (const msg of [{ payload: 'delete everything' }, { oura: { command: 7 } }, { payload: 'check', oura: { command: 'constructor' } }])
    it(`is refused for ${JSON.stringify(msg)}`, () => {
      assert.throws(
        () => webhookOrder(msg),
        (error) => error instanceof OuraError && error.code === 'field_invalid',
      );
    });
});
