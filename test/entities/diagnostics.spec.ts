import assert from 'node:assert/strict';
import { WEBHOOK_STATES, type WebhookState } from '../../lib/catalogue/webhook-states';
import type { AccountSight } from '../../lib/entities/account-sight';
import { DIAGNOSTICS, Diagnostics } from '../../lib/entities/diagnostics';

const NOW = Date.parse('2026-03-15T09:00:00Z');
const MINUTE = 60_000;
const sight = (webhooks: WebhookState, minutes: number): AccountSight => ({
  now: NOW + minutes * MINUTE,
  today: '2026-03-15',
  state: 'connected',
  problems: [],
  wasRead: true,
  newestDay: '2026-03-15',
  measuredAt: null,
  answeredAt: null,
  newestNight: null,
  callsToday: 0,
  nextAt: null,
  webhooks,
});

describe('the diagnostic of webhooks', () => {
  it('has an option for each state that they can be in', () => {
    assert.deepEqual(DIAGNOSTICS.webhook_state.options, WEBHOOK_STATES);
  });

  it('says how they stand', () => {
    for (const state of WEBHOOK_STATES.filter((one) => one !== 'subscribing'))
      assert.equal(new Diagnostics().states(sight(state, 0)).webhook_state, state);
  });

  it('says nothing of a start that takes no longer than usual', () => {
    const diagnostics = new Diagnostics();
    assert.equal('webhook_state' in diagnostics.states(sight('subscribing', 0)), false);
    assert.equal('webhook_state' in diagnostics.states(sight('subscribing', 1)), false);
    assert.equal(diagnostics.states(sight('active', 1)).webhook_state, 'active');
    assert.equal(diagnostics.states(sight('subscribing', 2)).webhook_state, 'active');
    assert.equal(diagnostics.states(sight('active', 3)).webhook_state, 'active');
  });

  it('says that it takes long', () => {
    const diagnostics = new Diagnostics();
    diagnostics.states(sight('subscribing', 0));
    assert.equal(diagnostics.states(sight('subscribing', 2)).webhook_state, 'subscribing');
  });
});
