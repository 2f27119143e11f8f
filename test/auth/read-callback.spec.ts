import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { readCallback } from '../../lib/auth/read-callback';

const QUERY = 'code=CODE-1234567890&state=STATE&scope=spo2+daily';
const READ = { state: 'STATE', code: 'CODE-1234567890', scopes: ['daily', 'spo2'], issuer: null };

describe('the way back from the consent page', () => {
  const TEXTS = [
    ['the query', QUERY],
    ['the query with its mark', `?${QUERY}`],
    ['the whole address', `http://localhost:1880/oura/oauth/callback?${QUERY}`],
    ['the address without the protocol', `homeassistant.local:1880/endpoint/oura/oauth/callback?${QUERY}`],
    ['a path', `/oura/oauth/callback?${QUERY}`],
    ['white space around it', `\n\t  http://localhost:1880/cb?${QUERY} \r\n`],
    ['a line broken by a mail program', `http://localhost:1880/cb?code=CODE-12345\r\n   67890&state=ST\nATE&scope=spo2+daily`],
    ['a fragment behind it', `http://localhost:1880/cb?${QUERY}#_=_`],
    ['everything in a fragment', `http://localhost:1880/cb#${QUERY}`],
    ['everything in a fragment with a mark', `http://localhost:1880/#/?${QUERY}`],
    ['HTML in place of &', `http://localhost:1880/cb?${QUERY.replaceAll('&', '&amp;')}`],
    ['more than asked for', `http://localhost:1880/cb?x=1&${QUERY}&y=2`],
    ['permissions with their prefix', `?${QUERY.replace('spo2+daily', 'extapi:daily%20extapi:spo2')}`],
  ] as const;
  for (const [what, text] of TEXTS) {
    it(`is read from ${what}`, () => {
      assert.deepEqual(readCallback(text), READ);
    });
  }

  it('names the issuer where there is one', () => {
    assert.deepEqual(readCallback(`?${QUERY}&iss=https%3A%2F%2Fmoi.ouraring.com%2Foauth%2Fv2%2Fext%2Foauth-anonymous`), {
      ...READ,
      issuer: 'https://moi.ouraring.com/oauth/v2/ext/oauth-anonymous',
    });
  });

  it('knows nothing of permissions that are not told', () => {
    assert.deepEqual(readCallback('code=c&state=s'), { state: 's', code: 'c', scopes: null, issuer: null });
    assert.deepEqual(readCallback('code=c&state=s&scope='), { state: 's', code: 'c', scopes: null, issuer: null });
  });

  it('is a code alone, of which no issuer is known either', () => {
    assert.deepEqual(readCallback(' CODE-1234567890abc\n'), { state: null, code: 'CODE-1234567890abc', scopes: null });
  });

  const REFUSALS = [
    ['error=access_denied&state=STATE', 'consent_denied', 'STATE'],
    ['http://localhost:1880/cb?error=access_denied&error_description=The+user+said+no&state=STATE', 'consent_denied', 'STATE'],
    ['error=access_denied', 'consent_denied', null],
    ['error=unauthorized_client&state=STATE', 'client_refused', 'STATE'],
    ['error=invalid_request&state=STATE', 'request_invalid', 'STATE'],
    ['error=server_error&state=STATE', 'oura_said', 'STATE'],
    ['error=temporarily_unavailable&state=STATE', 'oura_said', 'STATE'],
    ['error=invalid_scope&state=STATE', 'oura_said', 'STATE'],
    ['error=constructor&state=STATE', 'oura_said', 'STATE'],
    ['error=%3Cb%3Esentinel&state=STATE', 'callback_invalid', 'STATE'],
    [`error=${'sentinel_'.repeat(5)}&state=STATE`, 'callback_invalid', 'STATE'],
    ['error=access_denied&code=c&state=STATE', 'consent_denied', 'STATE'],
    ['', 'callback_invalid', null],
    ['  \n', 'callback_invalid', null],
    ['hello', 'callback_invalid', null],
    ['http://localhost:1880/oura/oauth/callback', 'callback_invalid', null],
    ['http://localhost:1880/cb?state=STATE', 'callback_invalid', null],
    ['http://localhost:1880/cb?code=&state=STATE', 'callback_invalid', 'STATE'],
    ['http://localhost:1880/cb#access_token=sentinel&token_type=bearer', 'callback_invalid', null],
    ['https://cloud.ouraring.com/oauth/authorize?client_id=x&response_type=code&state=STATE', 'callback_invalid', null],
    ['%E0%A4%A', 'callback_invalid', null],
  ] as const;
  for (const [text, code, state] of REFUSALS) {
    it(`becomes ${code}: ${JSON.stringify(text)}`, () => {
      const read = readCallback(text);
      assert.deepEqual([read.error?.code, read.state], [code, state]);
      assert.doesNotMatch(inspect(read.error, { depth: 9 }), /sentinel|STATE/);
    });
  }

  it('gives back whatever code and state there were, however they are written', () => {
    const texts = fc.string({ unit: 'binary', minLength: 1 }).map((text) => text.replaceAll(/\s|&amp;/g, '') || 'x');
    const places = fc.constantFrom('', '?', 'http://localhost:1880/cb?', ' \n/cb?', 'https://[::1]:1880/a%20b?x=1&');
    fc.assert(
      fc.property(texts, texts, places, fc.boolean(), (code, state, place, isHtml) => {
        const query = new URLSearchParams({ state, iss: 'i', code }).toString();
        const read = readCallback(place + (isHtml ? query.replaceAll('&', '&amp;') : query));
        assert.deepEqual(read, { state, code, scopes: null, issuer: 'i' });
      }),
    );
  });

  it('tells what Oura said, in its own word', () => {
    assert.deepEqual(readCallback('?error=temporarily_unavailable&error_description=sentinel').error?.params, {
      error: 'temporarily_unavailable',
    });
  });

  it('never throws, and never finds a code where there is none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const read = readCallback(text);
        if (read.code !== undefined) assert.match(text, /code=|^\s*[\w.~-]{16,}\s*$/);
      }),
    );
  });
});
