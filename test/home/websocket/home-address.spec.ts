import assert from 'node:assert/strict';
import { homeAddress } from '../../../lib/home/websocket/home-address';

describe('the address of Home Assistant', () => {
  for (const [text, socketUrl, host] of [
    ['http://homeassistant.local:8123', 'ws://homeassistant.local:8123/api/websocket', 'homeassistant.local:8123'],
    [' https://home.example/ ', 'wss://home.example/api/websocket', 'home.example'],
    ['http://192.168.1.2:8123//', 'ws://192.168.1.2:8123/api/websocket', '192.168.1.2:8123'],
    ['HTTPS://Home.Example/behind/a/proxy/', 'wss://home.example/behind/a/proxy/api/websocket', 'home.example'],
    ['http://[fd00::1]:8123', 'ws://[fd00::1]:8123/api/websocket', '[fd00::1]:8123'],
    ['http://homeassistant:8123/api', 'ws://homeassistant:8123/api/websocket', 'homeassistant:8123'],
    ['http://homeassistant:8123/api/websocket', 'ws://homeassistant:8123/api/websocket', 'homeassistant:8123'],
    ['http://supervisor/core', 'ws://supervisor/core/websocket', 'supervisor'],
    ['http://supervisor/core/api/', 'ws://supervisor/core/websocket', 'supervisor'],
    ['http://hassio/homeassistant', 'ws://supervisor/core/websocket', 'supervisor'],
    ['http://supervisor/corey', 'ws://supervisor/corey/api/websocket', 'supervisor'],
  ] as const) {
    it(`${text} leads to ${socketUrl}`, () => {
      assert.deepEqual(homeAddress(text), { socketUrl, host });
    });
  }

  for (const text of [
    '',
    'homeassistant.local:8123',
    'ftp://homeassistant.local',
    'ws://homeassistant.local:8123',
    'http://',
    'http://user:secret@home.example',
    'https://home.example/?token=secret',
    'https://home.example/#x',
  ]) {
    it(`${text === '' ? 'nothing' : text} is none`, () => {
      assert.throws(() => homeAddress(text), { code: 'home_address_invalid', params: {} });
    });
  }
});
