import assert from 'node:assert/strict';
import { endpointOf } from '../../lib/catalogue/endpoints';
import { WEBHOOK_FAMILIES } from '../../lib/catalogue/webhook-families';
import type { WebhookEvent } from '../../lib/ports/event-queue';
import { webhookPayload, type WebhookChoice } from '../../lib/sources/webhook-message';

const EVENT: WebhookEvent = {
  endpoint: 'vo2_max',
  kind: 'update',
  id: 'doc-1',
  at: Date.parse('2026-03-15T06:41:00Z'),
  receivedAt: Date.parse('2026-03-15T06:41:30Z'),
};
const ALL = ['create', 'update', 'delete'];

/** choice, whether the event is told */
const CASES: readonly (readonly [WebhookChoice, boolean])[] = [
  [{}, true],
  [{ events: ALL, families: [] }, true],
  [{ events: ['update'], families: ['sleep', 'vo2_max'] }, true],
  [{ events: ['create', 'delete'], families: [] }, false],
  [{ events: [], families: [] }, false],
  [{ events: ALL, families: ['sleep'] }, false],
  [{ events: 'update', families: [] }, false],
  [{ events: ALL, families: 'sleep' }, true],
];

describe('what a webhook node tells of an event', () => {
  it('is what happened to which document, in the words of Oura, and when', () => {
    assert.deepEqual(webhookPayload(EVENT, { events: ALL, families: [] }), {
      event: 'webhook',
      event_type: 'update',
      data_type: 'vo2_max',
      family: 'vo2_max',
      object_id: 'doc-1',
      event_time: '2026-03-15T06:41:00.000Z',
      received_at: '2026-03-15T06:41:30.000Z',
    });
  });

  for (const [choice, isTold] of CASES)
    it(`is ${isTold ? 'told' : 'left out'} with ${JSON.stringify(choice)}`, () => {
      assert.equal(webhookPayload(EVENT, choice) !== null, isTold);
    });

  it('names every family that Oura tells of as Oura does', () => {
    assert.ok(WEBHOOK_FAMILIES.length > 10 && !WEBHOOK_FAMILIES.includes('heartrate'));
    for (const endpoint of WEBHOOK_FAMILIES)
      assert.equal(webhookPayload({ ...EVENT, endpoint }, {})?.data_type, endpointOf(endpoint).webhook);
  });
});
