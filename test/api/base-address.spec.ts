import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { baseAddress } from '../../lib/api/base-address';

describe('address of the API', () => {
  for (const [text, address] of [
    ['https://api.ouraring.com', 'https://api.ouraring.com'],
    ['https://api.ouraring.com///', 'https://api.ouraring.com'],
    ['  http://localhost:8080/oura/ \n', 'http://localhost:8080/oura'],
    ['http://[::1]:99', 'http://[::1]:99'],
  ] as const) {
    it(`"${text.trim()}" is taken as ${address}`, () => {
      assert.equal(baseAddress(text), address);
    });
  }

  const wrong = [
    '',
    'api.ouraring.com',
    'ftp://api.ouraring.com',
    'file:///etc',
    'javascript:1',
    'https://',
    'http://a b',
    'https:api',
    'http://h/?a=1',
    'http://h/#x',
    'https://me:sentinel@h',
    'https://me@h',
  ];
  for (const text of wrong) {
    it(`"${text}" is refused`, () => {
      assert.throws(
        () => baseAddress(text),
        (error) => !inspect(error).includes('sentinel') && (error as { code?: string }).code === 'address_invalid',
      );
    });
  }
});
