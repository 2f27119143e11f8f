import assert from 'node:assert/strict';
import type { WebhookSubscription } from '../../../lib/api/webhook-subscriptions';
import { planSubscriptions, renewalOf, type SubscriptionTarget } from '../../../lib/sync/webhooks/plan-subscriptions';

const DAY = 86_400_000;
const HERE = 'https://example.org/oura/webhook/k';
const OLD = 'https://old.example.org/oura/webhook/k';
const NOW = 1_000 * DAY;
const TARGET: SubscriptionTarget = {
  callbackUrl: HERE,
  types: [{ kind: 'create', dataType: 'sleep' }],
  formerUrls: [OLD],
  isComplete: true,
};

const there = (more: Partial<WebhookSubscription> = {}): WebhookSubscription => ({
  id: 'one',
  callbackUrl: HERE,
  kind: 'create',
  dataType: 'sleep',
  expiresAt: NOW + 60 * DAY,
  ...more,
});
const plan = (
  listed: readonly WebhookSubscription[],
  more: Partial<SubscriptionTarget> = {},
  life: number | null = null,
): readonly string[] =>
  planSubscriptions(listed, { ...TARGET, ...more }, NOW, () => life).map(
    (step) => `${step.do} ${step.do === 'create' ? `${step.type.kind} ${step.type.dataType}` : step.subscription.id}`,
  );

describe('the plan for subscriptions', () => {
  for (const [what, steps, wanted] of [
    ['makes what is missing', plan([]), ['create create sleep']],
    ['does nothing when all is there', plan([there()]), []],
    ['moves in place what goes elsewhere, be it ours or not', plan([there({ callbackUrl: 'https://other' })]), ['move one']],
    ['renews a month before the end', plan([there({ expiresAt: NOW + 30 * DAY })]), ['renew one']],
    ['renews what has ended', plan([there({ expiresAt: NOW - 1 })]), ['renew one']],
    ['leaves one more day', plan([there({ expiresAt: NOW + 31 * DAY })]), []],
    ['renews a short life at its last third', plan([there({ expiresAt: NOW + 2 * DAY })], {}, 6 * DAY), ['renew one']],
    ['but not sooner', plan([there({ expiresAt: NOW + 3 * DAY })], {}, 6 * DAY), []],
    ['trusts one without an end', plan([there({ expiresAt: null })]), []],
    ['moves, then renews', plan([there({ callbackUrl: OLD, expiresAt: NOW })]), ['move one', 'renew one']],
    ['removes what is ours and not wanted', plan([there(), there({ id: 'two', dataType: 'tag' })]), ['remove two']],
    ['removes it at a former address, too', plan([there(), there({ id: 'two', dataType: 'tag', callbackUrl: OLD })]), ['remove two']],
    ['leaves alone what is not ours', plan([there(), there({ id: 'two', dataType: 'tag', callbackUrl: 'https://other' })]), []],
    ['keeps one of two of a kind', plan([there({ id: 'two', callbackUrl: OLD }), there()]), ['remove two']],
    ['removes nothing while not all have spoken', plan([there(), there({ id: 'two', dataType: 'tag' })], { isComplete: false }), []],
    ['removes all of ours when nothing is wanted', plan([there({ callbackUrl: OLD })], { callbackUrl: null, types: [] }), ['remove one']],
    ['makes new ones before it removes old ones', plan([there({ id: 'two', dataType: 'tag' })]), ['create create sleep', 'remove two']],
  ] as const) {
    it(what, () => {
      assert.deepEqual(steps, wanted);
    });
  }

  it('knows when each is to be renewed', () => {
    assert.equal(renewalOf(NOW, null), NOW - 30 * DAY);
    assert.equal(renewalOf(NOW, 90 * DAY), NOW - 30 * DAY);
    assert.equal(renewalOf(NOW, 6 * DAY), NOW - 2 * DAY);
  });
});
