import assert from 'node:assert/strict';
import { webhookHealth } from '../../lib/accounts/webhook-health';
import { webhookNews, webhookReport } from '../../lib/accounts/webhook-report';
import { WEBHOOK_STATES } from '../../lib/catalogue/webhook-states';
import { OuraError } from '../../lib/errors/oura-error';
import { webhookStatus } from './support/webhook-status';

const AT = Date.parse('2026-03-15T06:41:00Z');
const words = {
  text: ({ code }: OuraError): string => `text of ${code}`,
  remedy: ({ code }: OuraError): string => `remedy of ${code}`,
};

describe('the report of webhooks', () => {
  it('says when which kind of event came last, and when subscriptions end', () => {
    const status = webhookStatus({ lastEventAt: AT, lastByType: { sleep: { create: AT, update: AT - 1000 } }, accepted: 2, waiting: 1 });
    assert.deepEqual(webhookReport(status, words), {
      event: 'report',
      health: 'active',
      state: 'active',
      callbackUrl: status.callbackUrl,
      subscriptions: { wanted: 48, active: 48, nextExpiryAt: '2026-06-13T09:00:00.000Z' },
      lastEventAt: '2026-03-15T06:41:00.000Z',
      lastByType: { sleep: { create: '2026-03-15T06:41:00.000Z', update: '2026-03-15T06:40:59.000Z' } },
      accepted: 2,
      refused: status.refused,
      waiting: 1,
    });
  });

  it('puts a problem in words, with what to do about it', () => {
    const problem = new OuraError('unreachable', { host: 'x', reason: 'y' });
    assert.deepEqual(webhookNews(webhookStatus({ state: 'refused', problem }), words), {
      event: 'webhooks',
      health: 'off',
      state: 'refused',
      code: 'unreachable',
      text: 'text of unreachable',
      remedy: 'remedy of unreachable',
    });
  });

  it('relies on events only while they come', () => {
    const reliable = WEBHOOK_STATES.filter((state) => webhookHealth({ state }) === 'active');
    assert.deepEqual(
      [reliable, webhookHealth({ state: 'silent' }), webhookHealth({ state: 'subscribing' })],
      [['active'], 'silent', 'off'],
    );
  });
});
