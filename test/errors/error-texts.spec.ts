import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ERROR_CODES } from '../../lib/errors/error-codes';
import { OuraError } from '../../lib/errors/oura-error';
import { RateLimitedError } from '../../lib/errors/rate-limited-error';
import { toOuraError } from '../../lib/errors/to-oura-error';

type Texts = Readonly<Record<string, string>>;

const file = path.join(__dirname, '../../locales/en-US/oura-account.json');
const { error: errorTexts = {}, remedy: remedies = {} } = JSON.parse(readFileSync(file, 'utf8')) as { error?: Texts; remedy?: Texts };
const codes = Object.keys(ERROR_CODES).toSorted();
const namesIn = (text: string, pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map(([, name]) => name ?? '');

describe('the texts of errors', () => {
  it('have a short text and a remedy for every code, and none besides', () => {
    assert.deepEqual(Object.keys(errorTexts).toSorted(), codes);
    assert.deepEqual(Object.keys(remedies).toSorted(), codes);
  });

  for (const [code, { message, retry }] of Object.entries(ERROR_CODES)) {
    it(`fill in only what ${code} knows`, () => {
      const known = namesIn(message, /\{(\w+)\}/g);
      for (const text of [errorTexts[code] ?? '', remedies[code] ?? '']) {
        assert.notEqual(text.trim(), '');
        for (const name of namesIn(text, /__(\w+?)__/g)) assert.ok(known.includes(name), `${name} in "${text}"`);
        assert.deepEqual(namesIn(text, /(\{\{?\w+\}?\})/g), [], 'placeholders of Node-RED are written __name__');
      }
      assert.ok(['never', 'later', 'after-user-action'].includes(retry));
    });
  }

  it('fit into the status of a node', () => {
    for (const [code, text] of Object.entries(errorTexts)) assert.ok(text.length <= 45, `${code}: ${text}`);
  });
});

describe('an error of this package', () => {
  it('has a message for logs with its parameters filled in, zero and empty ones too', () => {
    assert.equal(new OuraError('server_failed', { status: 503, path: '/v2/x' }).message, 'Oura answered with status 503: /v2/x.');
    assert.equal(new OuraError('budget_spent', { limit: 0 }).message, "Today's budget of 0 requests is spent.");
    assert.equal(new OuraError('document_invalid', { endpoint: 'tag', reason: '' }).message, 'A document of tag was set aside: .');
    assert.equal(new OuraError('scope_missing').message, 'The sign-in does not include the scope {scope}.');
  });

  it('says which text is its own and when to try again', () => {
    const error = new OuraError('not_authorised');
    assert.deepEqual([error.name, error.messageKey, error.retry], ['OuraError', 'error.not_authorised', 'after-user-action']);
  });

  it('rounds the wait of a rate limit up to whole seconds', () => {
    const error = new RateLimitedError(1001);
    assert.deepEqual([error.code, error.params, error.retryAfterMs], ['rate_limited', { seconds: 2 }, 1001]);
  });

  it('is made of anything thrown without taking over its text, which may hold a secret', () => {
    const own = new OuraError('timed_out');
    assert.equal(toOuraError(own), own);
    for (const [thrown, reason] of [
      [new TypeError('Bearer s3cret'), 'TypeError'],
      ['s3cret', 'string'],
      [null, 'object'],
      [undefined, 'undefined'],
    ] as const) {
      const error = toOuraError(thrown);
      assert.deepEqual([error.code, error.params, error.cause], ['unexpected', { reason }, thrown]);
      assert.ok(!error.message.includes('s3cret'));
    }
  });
});
