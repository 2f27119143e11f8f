import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { StaticAccessTokens } from '../../lib/auth/static-access-tokens';

const { signal } = new AbortController();

describe('a personal access token', () => {
  for (const text of ['ABC123._~+/=-', '  ABC123._~+/=-\r\n', '\uFEFF\u00A0ABC123._~+/=-\t']) {
    it(`is taken as pasted: ${JSON.stringify(text)}`, async () => {
      assert.equal(await new StaticAccessTokens(text).accessToken(signal), 'ABC123._~+/=-');
    });
  }

  for (const text of ['', '   ', '\n']) {
    it(`is missing: ${JSON.stringify(text)}`, async () => {
      await assert.rejects(new StaticAccessTokens(text).accessToken(signal), { code: 'token_missing' });
    });
  }

  for (const text of ['Bearer sentinel', 'senti\nnel', 'sentinel\u200B', 'sentinel…', 'séntinel', 'sentinel\u0000x', 'sentinel\x7f']) {
    it(`cannot be one, and is not quoted: ${JSON.stringify(text)}`, async () => {
      const check = (error: unknown): boolean => {
        assert.match(inspect(error, { depth: 9, showHidden: true }), /token_malformed/);
        assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /inel|nel\b.*senti/);
        return true;
      };
      await assert.rejects(new StaticAccessTokens(text).accessToken(signal), check);
    });
  }

  it('has no successor when it is refused', async () => {
    assert.equal(await new StaticAccessTokens('a').rejected(), false);
  });

  it('is not handed out to a caller who is closing', async () => {
    await assert.rejects(new StaticAccessTokens('a').accessToken(AbortSignal.abort(new Error('closing'))), /closing/);
  });

  it('does not show in a dump of the object', () => {
    assert.doesNotMatch(inspect(new StaticAccessTokens('sentinel'), { depth: 9, showHidden: true }), /sentinel/);
  });
});
