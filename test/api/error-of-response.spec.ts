import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { errorOfResponse } from '../../lib/api/error-of-response';
import { RateLimitedError } from '../../lib/errors/rate-limited-error';

const NOW = Date.parse('2026-03-01T08:00:00Z');
const PATH = '/v2/usercollection/sleep';
const sample = (name: string): string => readFileSync(join(__dirname, '../fixtures/samples/errors', name), 'utf8');
const errorOf = (status: number, text = '', headers: Readonly<Record<string, string>> = {}): ReturnType<typeof errorOfResponse> =>
  errorOfResponse({ status, text, headers }, PATH, NOW);

describe('errors by status', () => {
  const cases = [
    [400, sample('sandbox_missing_auth_400.json'), 'request_refused', { status: 400, path: PATH }],
    [401, '{"detail":"Access token is expired."}', 'not_authorised', {}],
    [401, '<html>no</html>', 'not_authorised', {}],
    [401, sample('missing_scope_401.json'), 'scope_missing', { scope: 'heart_health' }],
    [401, sample('missing_scope_401_short.json'), 'scope_missing', { scope: 'spo2' }],
    [403, '{"detail":"Token is not authorized access stress scope."}', 'scope_missing', { scope: 'stress' }],
    [403, '{"detail":"Your subscription has expired."}', 'membership_lapsed', {}],
    [403, '', 'membership_lapsed', {}],
    [404, sample('single_document_404.json'), 'not_found', { path: PATH }],
    [405, '', 'request_refused', { status: 405, path: PATH }],
    [422, sample('validation_422.json'), 'request_refused', { status: 422, path: PATH }],
    [426, '', 'request_refused', { status: 426, path: PATH }],
    [500, '', 'server_failed', { status: 500, path: PATH }],
    [503, '<html>busy</html>', 'server_failed', { status: 503, path: PATH }],
    [301, '', 'body_unexpected', { path: PATH }],
    [304, '', 'body_unexpected', { path: PATH }],
  ] as const;
  for (const [status, text, code, params] of cases) {
    it(`${status} ${text.slice(0, 50)} is ${code}`, () => {
      const error = errorOf(status, text);
      assert.equal(error?.code, code);
      assert.deepEqual(error.params, params);
    });
  }

  it('2xx is none', () => {
    assert.equal(errorOf(200), null);
    assert.equal(errorOf(206), null);
  });

  it('takes nothing else out of a refusal, however it is worded', () => {
    for (const status of [400, 401, 403, 404, 422, 429, 500]) {
      const text = JSON.stringify({ detail: 'Token is not authorized access sentinel 7741 scope', title: 'sentinel' });
      assert.doesNotMatch(inspect(errorOf(status, text), { depth: 9 }), /sentinel/);
    }
  });
});

describe('how long a 429 asks to wait', () => {
  const inSeconds = (headers: Readonly<Record<string, string>>): number | null => {
    const error = errorOf(429, '', headers);
    assert.ok(error instanceof RateLimitedError);
    return error.retryAfterMs / 1000;
  };
  const reset = String(NOW / 1000 + 90);
  const cases = [
    [{ 'retry-after': '30' }, 30],
    [{ 'retry-after': ' 30 ', 'x-ratelimit-reset': reset }, 30],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': 'Sun, 01 Mar 2026 08:02:00 GMT' }, 120],
    [{ 'retry-after': 'Sun, 01 Mar 2026 07:00:00 GMT', 'x-ratelimit-reset': reset }, 90],
    [{ 'retry-after': 'soon', 'x-ratelimit-reset': reset }, 90],
    [{ 'retry-after': '-5', 'x-ratelimit-reset': reset }, 90],
    [{ 'x-ratelimit-reset': reset, 'x-ratelimit-window': '300' }, 90],
    [{ 'x-ratelimit-reset': '1000', 'x-ratelimit-window': '300' }, 300],
    [{ 'x-ratelimit-window': '300', 'x-ratelimit-limit': '5000' }, 300],
    [{ 'retry-after': '86400' }, 3600],
    [{ 'x-ratelimit-reset': String(NOW / 1000 + 864000) }, 3600],
    [{}, 60],
  ] as const;
  for (const [headers, seconds] of cases) {
    it(`${JSON.stringify(headers)}: ${seconds} s`, () => {
      assert.equal(inSeconds(headers), seconds);
    });
  }
});
