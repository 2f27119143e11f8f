import assert from 'node:assert/strict';
import { ENDPOINT_KEYS } from '../../lib/catalogue/endpoints';
import { OuraError } from '../../lib/errors/oura-error';
import type { ErrorCodeName } from '../../lib/errors/error-codes';
import { accountStateOf, loadedPercent, type Situation } from '../../lib/sync/account-state';
import { FamilyBook } from '../../lib/sync/family-book';
import type { FamilyState, PlannerState } from '../../lib/sync/plan';
import { USUAL_WAKING } from '../../lib/sync/waking';

const NOW = Date.parse('2026-03-15T09:00:00Z');
const TODAY = '2026-03-15';
const HOUR = 3_600_000;

const planner = (more: Partial<PlannerState> = {}, families?: PlannerState['families']): PlannerState => ({
  families: families ?? allWith({ reached: '2026-02-14' }),
  zone: 'UTC',
  intervalMs: 900_000,
  historyFrom: '2026-02-14', // thirty days with today
  historyRuns: true,
  budget: { limit: 5000, fresh: 100, history: 100, resetAt: NOW + HOUR },
  pausedUntil: null,
  sightings: [],
  lookedAt: null,
  rhythm: { rates: [], gaps: [], nights: [], effort: 1 },
  waking: USUAL_WAKING,
  usage: [],
  events: [],
  webhooks: 'off',
  ...more,
});
const allWith = (family: Partial<FamilyState>): PlannerState['families'] =>
  Object.fromEntries(ENDPOINT_KEYS.map((endpoint) => [endpoint, { ...FamilyBook.fresh(true), ...family }]));
const problem = (code: ErrorCodeName): Situation['problems'][number] => ({ error: new OuraError(code), endpoint: null });
const stateOf = (more: Partial<Situation> = {}) =>
  accountStateOf({ planner: planner(), problems: [], offlineSince: null, today: TODAY, now: NOW, ...more });

describe('state of an account', () => {
  it('is connected when all is loaded and nothing is wrong', () => {
    assert.deepEqual(stateOf(), { kind: 'connected' });
  });

  it('is syncing with the share of days loaded', () => {
    assert.deepEqual(stateOf({ planner: planner({}, allWith({ reached: '2026-03-09' })) }), { kind: 'syncing', percent: 23 }); // 7 of 30 days
    assert.deepEqual(stateOf({ planner: planner({}, allWith({})) }), { kind: 'syncing', percent: 0 });
  });

  it('is connected while a person has stopped the history', () => {
    assert.deepEqual(stateOf({ planner: planner({ historyRuns: false }, allWith({ reached: '2026-03-09' })) }), { kind: 'connected' });
  });

  it('names first what a person must do, whatever else is wrong', () => {
    const offline = { offlineSince: NOW - HOUR, planner: planner({ pausedUntil: NOW + HOUR }) };
    assert.equal(stateOf({ ...offline, problems: [problem('membership_lapsed'), problem('not_authorised')] }).kind, 'sign_in');
    assert.equal(stateOf({ ...offline, problems: [problem('membership_lapsed')] }).kind, 'membership');
    assert.equal(stateOf({ ...offline, problems: [problem('token_missing')] }).kind, 'sign_in');
    assert.deepEqual(stateOf({ ...offline, problems: [problem('rate_limited')] }), { kind: 'waiting', until: NOW + HOUR });
    assert.deepEqual(stateOf({ offlineSince: NOW - HOUR }), { kind: 'offline', since: NOW - HOUR });
  });

  it('waits for the next day when the budget is spent', () => {
    const budget = { limit: 5000, fresh: 0, history: 0, resetAt: NOW + 5 * HOUR };
    assert.deepEqual(stateOf({ planner: planner({ budget }) }), { kind: 'waiting', until: NOW + 5 * HOUR });
  });

  it('does not wait for what is over', () => {
    assert.deepEqual(stateOf({ planner: planner({ pausedUntil: NOW }) }), { kind: 'connected' });
  });
});

describe('share of history loaded', () => {
  const of = (families: PlannerState['families'], historyFrom = '2026-02-14') => loadedPercent(planner({ historyFrom }, families), TODAY);
  const family = (more: Partial<FamilyState>): FamilyState => ({ ...FamilyBook.fresh(true), ...more });

  it('leaves out families that are switched off, blocked, or come whole', () => {
    const half = family({ reached: '2026-03-01' }); // 15 of 30 days
    assert.equal(of({ sleep: half }), 50);
    assert.equal(of({ sleep: half, workout: family({ enabled: false }), daily_spo2: family({ blocked: 'no_scope' }) }), 50);
    assert.equal(of({ sleep: half, ring_configuration: family({}) }), 50);
    assert.equal(of({ ring_configuration: family({}) }), null);
  });

  it('is never 100 before the last day is there, and counts no day twice', () => {
    assert.equal(of({ sleep: family({ reached: '2015-01-02' }), workout: family({ reached: '2015-01-01' }) }, '2015-01-01'), 99);
    assert.equal(of({ sleep: family({ reached: '2015-01-01' }), workout: family({ reached: '2026-03-01' }) }), 75);
  });
});
