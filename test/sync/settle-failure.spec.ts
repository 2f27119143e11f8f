import assert from 'node:assert/strict';
import { ERROR_CODES, type ErrorCodeName } from '../../lib/errors/error-codes';
import { OuraError } from '../../lib/errors/oura-error';
import { RateLimitedError } from '../../lib/errors/rate-limited-error';
import { FamilyBook } from '../../lib/sync/family-book';
import { settleFailure } from '../../lib/sync/settle-failure';

const NOW = Date.parse('2026-03-15T09:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const fresh = FamilyBook.fresh(true);
const settle = (code: ErrorCodeName, failures = 0) => settleFailure(new OuraError(code), { ...fresh, failures }, NOW, null);

describe('after a failed fetch', () => {
  it('tries the family again after 1, 2, 4 … and at most 30 minutes', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 60].map((failures) => ((settle('server_failed', failures).family.retryAt ?? 0) - NOW) / MINUTE);
    assert.deepEqual(waits, [1, 2, 4, 8, 16, 30, 30, 30]);
  });

  it('counts failures and remembers the newest code', () => {
    const { family, wide } = settle('timed_out', 4);
    assert.deepEqual([family.failures, family.errorCode, wide], [5, 'timed_out', false]);
  });

  it('LESSON: 429 stops the whole account until Retry-After and is no failure of the family', () => {
    assert.deepEqual(settleFailure(new RateLimitedError(120_000), fresh, NOW, null), {
      family: { retryAt: NOW + 120_000 },
      pauseUntil: NOW + 120_000,
      wide: true,
    });
  });

  it('waits for the moment at which the circuit closes', () => {
    assert.equal(settleFailure(new OuraError('circuit_open'), fresh, NOW, NOW + 5 * MINUTE).pauseUntil, NOW + 5 * MINUTE);
    assert.equal(settle('circuit_open').pauseUntil, null);
  });

  it('does not hold a spent budget against the family', () => {
    assert.deepEqual(settle('budget_spent'), { family: { retryAt: NOW + MINUTE }, pauseUntil: null, wide: true });
  });

  for (const code of ['not_authorised', 'token_missing', 'token_malformed'] as const) {
    it(`leaves the account alone for hours after ${code}`, () => {
      const { pauseUntil, wide } = settle(code);
      assert.deepEqual([pauseUntil, wide], [NOW + 6 * HOUR, true]);
    });
  }

  for (const [code, blocked, hours, wide] of [
    ['scope_missing', 'no_scope', 24, false],
    ['membership_lapsed', 'no_membership', 6, true],
    ['not_found', 'not_supported', 24, false],
  ] as const) {
    it(`does not ask the family for ${String(hours)} hours after ${code}, and says ${blocked}`, () => {
      const consequence = settle(code);
      assert.deepEqual(
        [consequence.family.blocked, consequence.family.blockedUntil, consequence.wide],
        [blocked, NOW + hours * HOUR, wide],
      );
    });
  }

  it('leaves no error without a wait: nothing is asked again at once', () => {
    const unhindered = (Object.keys(ERROR_CODES) as ErrorCodeName[]).filter((code) => {
      const { family, pauseUntil } = settleFailure(
        code === 'rate_limited' ? new RateLimitedError(1000) : new OuraError(code),
        fresh,
        NOW,
        null,
      );
      return Math.max(family.retryAt ?? 0, family.blockedUntil ?? 0, pauseUntil ?? 0) <= NOW;
    });
    assert.deepEqual(unhindered, []);
  });
});
