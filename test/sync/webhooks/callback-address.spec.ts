import assert from 'node:assert/strict';
import { applicationKeyOf } from '../../../lib/sync/webhooks/application-key';
import { callbackAddress } from '../../../lib/sync/webhooks/callback-address';

const KEY = '0123456789abcdef';
const OWN = `/oura/webhook/${KEY}`;
const at = (typed: string, root = '/red'): string | null => callbackAddress({ typed, root, key: KEY });

describe('the public address of webhooks', () => {
  for (const [typed, complete] of [
    ['https://example.org', `https://example.org/red${OWN}`],
    [' https://example.org/ ', `https://example.org/red${OWN}`],
    ['https://example.org:8443', `https://example.org:8443/red${OWN}`],
    ['https://example.org/behind/proxy/', `https://example.org/behind/proxy${OWN}`],
    ['https://example.org/oura/webhook', `https://example.org${OWN}`],
    ['https://example.org/a/oura/webhook/', `https://example.org/a${OWN}`],
    [`https://example.org/a${OWN}`, `https://example.org/a${OWN}`],
    [`https://example.org${OWN}/`, `https://example.org${OWN}`],
    ['https://example.org/oura/webhook/ffffffffffffffff', `https://example.org${OWN}`],
    ['https://example.org/?x=1#y', `https://example.org/red${OWN}`],
    ['http://127.0.0.1:1880', `http://127.0.0.1:1880/red${OWN}`],
  ] as const) {
    it(`is made of ${typed}`, () => {
      assert.equal(at(typed), complete);
    });
  }

  it('has no path of its own where HTTP nodes have none', () => {
    assert.equal(at('https://example.org', ''), `https://example.org${OWN}`);
  });

  it('is not made of what is no web address, or holds a password', () => {
    for (const typed of ['', 'example.org', 'my house', 'ftp://example.org', 'https://', 'https://ann:secret@example.org', '${URL}'])
      assert.equal(at(typed), null, typed);
  });

  it('names an application by part of a digest', () => {
    assert.equal(applicationKeyOf('legacy-app'), '51e34d9ff901247d'); // printf 'oura-application:legacy-app' | sha256sum
    assert.notEqual(applicationKeyOf('legacy-app2'), applicationKeyOf('legacy-app'));
  });
});
