import assert from 'node:assert/strict';
import { isPrivateHost } from '../../lib/accounts/is-private-host';

const PRIVATE = [
  'localhost',
  'homeassistant',
  'homeassistant.local',
  'nas.lan',
  'box.home.arpa',
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.1.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.20',
  '[::1]',
  '[fd12:3456::1]',
  '[fe80::1]',
];
const PUBLIC = ['example.org', 'local.example.org', '8.8.8.8', '172.32.0.1', '100.128.0.1', '[2001:db8::1]', 'home.example.org.'];

describe('a host that the internet cannot reach', () => {
  for (const host of PRIVATE)
    it(`${host} is one`, () => {
      assert.equal(isPrivateHost(host), true);
    });
  for (const host of PUBLIC)
    it(`${host} is none, going by its name`, () => {
      assert.equal(isPrivateHost(host), false);
    });
});
