import assert from 'node:assert/strict';
import { authorizeUrlFor } from '../../lib/auth/authorize-url-for';
import { oauthAddresses } from '../../lib/auth/oauth-addresses';
import { orderTokenUrls } from '../../lib/auth/order-token-urls';

const NOTHING = { apiBase: '', authorizeUrl: '', tokenUrl: '' };
const OURA = oauthAddresses(NOTHING);
const STAND_IN = oauthAddresses({ ...NOTHING, apiBase: 'http://127.0.0.1:8080/' });

describe('addresses of a sign-in', () => {
  it('are the known ones (API facts, section 4), the documented first', () => {
    assert.deepEqual(OURA, {
      authorizeUrls: ['https://cloud.ouraring.com/oauth/authorize', 'https://moi.ouraring.com/oauth/v2/ext/oauth-authorize'],
      tokenUrls: ['https://api.ouraring.com/oauth/token', 'https://moi.ouraring.com/oauth/v2/ext/oauth-token'],
      revokeUrl: 'https://api.ouraring.com/oauth/revoke',
    });
    assert.deepEqual(oauthAddresses({ ...NOTHING, apiBase: 'https://api.ouraring.com/' }), OURA);
  });

  it('have the same paths at another base, also one with a path of its own', () => {
    assert.deepEqual(STAND_IN, {
      authorizeUrls: ['http://127.0.0.1:8080/oauth/authorize', 'http://127.0.0.1:8080/oauth/v2/ext/oauth-authorize'],
      tokenUrls: ['http://127.0.0.1:8080/oauth/token', 'http://127.0.0.1:8080/oauth/v2/ext/oauth-token'],
      revokeUrl: 'http://127.0.0.1:8080/oauth/revoke',
    });
    const [first] = oauthAddresses({ ...NOTHING, apiBase: 'https://proxy.example/oura' }).tokenUrls;
    assert.equal(first, 'https://proxy.example/oura/oauth/token');
  });

  it('are the given ones where there are any', () => {
    const given = oauthAddresses({ apiBase: '', authorizeUrl: ' https://a.example/authorize ', tokenUrl: 'https://t.example/token' });
    assert.deepEqual(given, {
      authorizeUrls: ['https://a.example/authorize'],
      tokenUrls: ['https://t.example/token'],
      revokeUrl: OURA.revokeUrl,
    });
  });

  for (const wrong of ['nonsense', 'ftp://a.example/', 'https://user:secret@a.example/', 'https://a.example/#x', 'javascript:alert(1)']) {
    it(`must be http or https addresses: ${wrong}`, () => {
      for (const field of ['apiBase', 'authorizeUrl', 'tokenUrl'])
        assert.throws(() => oauthAddresses({ ...NOTHING, [field]: wrong }), { code: 'address_invalid' }, field);
    });
  }
});

describe('the order to try token addresses in', () => {
  const ISSUER = 'https://moi.ouraring.com/oauth/v2/ext/oauth-anonymous';
  const UNKNOWN = { remembered: null, probed: null };

  for (const [name, { tokenUrls }] of Object.entries({ OURA, STAND_IN })) {
    const [legacy = '', fresh = ''] = tokenUrls;
    const first = (signs: Parameters<typeof orderTokenUrls>[1], urls = tokenUrls): string => {
      const ordered = orderTokenUrls(urls, signs);
      assert.deepEqual(ordered.toSorted(), [...urls].toSorted());
      return ordered[0] ?? '';
    };

    it(`begins with the one that worked before, or that a probe found (${name})`, () => {
      for (const url of [legacy, fresh])
        for (const signs of [{ issuer: ISSUER }, { issuer: null }, {}]) {
          assert.equal(first({ ...UNKNOWN, ...signs, remembered: url }), url);
          assert.equal(first({ ...UNKNOWN, ...signs, probed: url }), url);
          assert.equal(first({ ...UNKNOWN, ...signs, probed: url, remembered: url === legacy ? fresh : legacy }), url);
        }
    });

    it(`begins with the new portal when the callback names it, else with the documented one (${name})`, () => {
      assert.equal(first({ ...UNKNOWN, issuer: ISSUER }), fresh);
      assert.equal(first({ ...UNKNOWN, issuer: 'https://cloud.ouraring.com' }), legacy);
      assert.equal(first({ ...UNKNOWN, issuer: null }), legacy);
      assert.equal(first({ ...UNKNOWN, issuer: 'nonsense' }), legacy);
    });

    it(`begins with the new portal when only a code is known: the other address would burn it (${name})`, () => {
      assert.equal(first(UNKNOWN), fresh);
      assert.equal(first(UNKNOWN, tokenUrls.toReversed()), fresh);
      assert.equal(first({ ...UNKNOWN, remembered: 'https://gone.example/token' }), fresh);
    });

    it(`finds the consent page of the same portal (${name})`, () => {
      const { authorizeUrls } = name === 'OURA' ? OURA : STAND_IN;
      assert.equal(authorizeUrlFor(authorizeUrls, legacy), authorizeUrls[0]);
      assert.equal(authorizeUrlFor(authorizeUrls, fresh), authorizeUrls[1]);
      assert.equal(authorizeUrlFor(authorizeUrls, null), authorizeUrls[0]);
      assert.equal(authorizeUrlFor(['https://a.example/authorize'], fresh), 'https://a.example/authorize');
    });
  }

  it('leaves a single address alone', () => {
    assert.deepEqual(orderTokenUrls(['https://t.example/token'], { ...UNKNOWN, issuer: ISSUER }), ['https://t.example/token']);
  });
});
