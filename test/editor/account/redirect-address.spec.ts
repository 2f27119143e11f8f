import assert from 'node:assert/strict';
import { addressHere, LOCAL_ADDRESS, redirectAddress, redirectNotes, type Place } from '../../../editor/account/redirect-address';

const place = (address: string): Place => {
  const { origin, hostname, pathname } = new URL(address);
  return { origin, hostname, pathname };
};
const PLAIN = { callbackPath: '/oura/oauth/callback', callbackLogin: false };
const ADD_ON = { callbackPath: '/endpoint/oura/oauth/callback', callbackLogin: false };
const INGRESS = place('https://home.example/api/hassio_ingress/k3Yx/');

describe('the redirect address that is proposed', () => {
  it('is the callback where the editor was opened', () => {
    assert.equal(redirectAddress(place('http://localhost:1880/'), PLAIN), 'http://localhost:1880/oura/oauth/callback');
    assert.equal(redirectAddress(place('http://127.0.0.1:1881/'), PLAIN), 'http://127.0.0.1:1881/oura/oauth/callback');
    assert.equal(redirectAddress(place('https://red.example/admin/'), PLAIN), 'https://red.example/oura/oauth/callback');
    assert.equal(redirectAddress(place('https://home.example:1880/'), ADD_ON), 'https://home.example:1880/endpoint/oura/oauth/callback');
  });

  it('is that of localhost where Oura may refuse it, because it has no https', () => {
    for (const host of ['nas.lan', '192.168.1.5', 'homeassistant', '[fd00::1]'])
      assert.equal(redirectAddress(place(`http://${host}:1880/`), PLAIN), LOCAL_ADDRESS);
  });

  it('is never one within Home Assistant', () => {
    assert.equal(redirectAddress(INGRESS, ADD_ON), LOCAL_ADDRESS);
    assert.equal(redirectAddress(place('http://home.local:8123/hassio/ingress/node-red'), ADD_ON), LOCAL_ADDRESS);
  });

  it('is that of localhost when HTTP nodes are switched off', () => {
    assert.equal(redirectAddress(place('https://red.example/'), { callbackPath: null }), LOCAL_ADDRESS);
  });
});

describe('what is said about a redirect address', () => {
  it('is nothing when it leads here', () => {
    assert.deepEqual(redirectNotes('https://red.example/oura/oauth/callback', place('https://red.example/'), PLAIN), []);
    assert.deepEqual(redirectNotes(LOCAL_ADDRESS, place('http://localhost:1880/'), PLAIN), []);
    assert.deepEqual(redirectNotes(LOCAL_ADDRESS, place('http://127.0.0.1:1880/'), PLAIN), []);
  });

  it('is that it has to be pasted when it leads to the browser instead of Node-RED', () => {
    assert.deepEqual(redirectNotes(LOCAL_ADDRESS, place('http://localhost:1881/'), PLAIN), ['paste']);
    assert.deepEqual(redirectNotes(LOCAL_ADDRESS, INGRESS, ADD_ON), ['ingress', 'paste']);
    assert.deepEqual(redirectNotes(LOCAL_ADDRESS, place('https://red.example/'), { callbackPath: null, callbackLogin: true }), [
      'switched_off',
      'paste',
    ]);
  });

  it('is that the address that leads here may be tried, where only https is lacking', () => {
    const found = { ...PLAIN, callbackLogin: true }; // which nobody is asked for who pastes
    assert.deepEqual(redirectNotes(LOCAL_ADDRESS, place('http://nas.lan:1880/'), found), ['paste', 'here']);
    assert.equal(addressHere(place('http://nas.lan:1880/'), PLAIN), 'http://nas.lan:1880/oura/oauth/callback');
  });

  it('is that Oura may refuse it when it has no https', () => {
    for (const host of ['nas.lan', '192.168.1.5', 'homeassistant', '[fd00::1]'])
      assert.deepEqual(redirectNotes(`http://${host}:1880/oura/oauth/callback`, place(`http://${host}:1880/`), PLAIN), ['plain_http']);
  });

  it('is that the browser will ask for a login', () => {
    const found = { ...PLAIN, callbackLogin: true };
    assert.deepEqual(redirectNotes('https://red.example/oura/oauth/callback', place('https://red.example/'), found), ['login']);
  });

  it('is nothing while it is not an address, or comes from the environment', () => {
    for (const text of ['', 'nas', '${REDIRECT}']) assert.deepEqual(redirectNotes(text, place('http://nas.lan/'), PLAIN), []);
  });
});
