import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { AxiosHttp } from '../../lib/api/axios-http';
import { errorOfNetwork } from '../../lib/errors/error-of-network';
import type { HttpRequest } from '../../lib/ports/http';
import { type Reply, startServer, type TestServer } from '../support/http-server';

const SIGNAL = new AbortController().signal;
const TLS = join(__dirname, '../fixtures/tls');

describe('HTTP by axios', () => {
  let reply: Reply = {};
  let server: TestServer;
  const http = new AxiosHttp({ userAgent: 'oura-test/1.0', answerMaxBytes: 10_000 });
  const get = (over: Partial<HttpRequest> = {}): HttpRequest => ({
    method: 'GET',
    url: `${server.url}/v2/thing`,
    timeoutMs: 5000,
    ...over,
  });
  const refused = async (request: HttpRequest, code: string, params: object): Promise<void> => {
    await assert.rejects(http.send(request, SIGNAL), { name: 'OuraError', code, params });
  };

  before(async () => {
    server = await startServer(() => reply);
  });
  after(async () => {
    http.close();
    await server.close();
  });

  it('sends the query so that a plus sign and a colon arrive as such', async () => {
    reply = { body: 'ok' };
    await http.send(get({ query: { start_datetime: '2026-03-01T00:00:00+02:00', fields: 'a,b', empty: '' } }), SIGNAL);
    assert.deepEqual(server.requests.at(-1)?.query, { start_datetime: '2026-03-01T00:00:00+02:00', fields: 'a,b', empty: '' });
    assert.match(server.requests.at(-1)?.search ?? '', /%2B02%3A00/);
  });

  it('names itself and sends the headers and the body it was given, untouched', async () => {
    reply = { status: 201, headers: { 'X-Thing': 'Yes' }, body: '{"a": 1.0}' };
    const request = get({
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer x' },
      body: '{ "b" : 1.0 }\n',
    });
    const answer = await http.send(request, SIGNAL);
    const received = server.requests.at(-1);
    assert.ok(received);
    const { method, body, headers } = received;
    assert.deepEqual([method, body], ['POST', '{ "b" : 1.0 }\n']);
    assert.deepEqual(
      [headers['user-agent'], headers['authorization'], headers['content-type']],
      ['oura-test/1.0', 'Bearer x', 'application/json'],
    );
    assert.deepEqual([answer.status, answer.headers['x-thing'], answer.text], [201, 'Yes', '{"a": 1.0}']);
  });

  for (const [encoding, compress] of [
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const) {
    it(`reads answers compressed with ${encoding}`, async () => {
      reply = { headers: { 'content-encoding': encoding }, body: compress(Buffer.from('{"score":"é"}')) };
      assert.equal((await http.send(get(), SIGNAL)).text, '{"score":"é"}');
      assert.match(server.requests.at(-1)?.headers['accept-encoding'] ?? '', new RegExp(encoding));
    });
  }

  it('does not follow redirects: the token stays with the host it is for', async () => {
    reply = { status: 302, headers: { location: `${server.url}/elsewhere` } };
    const seen = server.requests.length;
    assert.equal((await http.send(get(), SIGNAL)).status, 302);
    assert.equal(server.requests.length, seen + 1);
  });

  for (const status of [200, 204, 304, 400, 401, 404, 429, 500, 503]) {
    it(`gives ${status} as an answer`, async () => {
      reply = { status };
      assert.equal((await http.send(get(), SIGNAL)).status, status);
    });
  }

  it('keeps connections open for the next request', async () => {
    const kept = await startServer(() => ({ body: 'ok' }));
    for (let n = 0; n < 3; n += 1) await http.send(get({ url: kept.url }), SIGNAL);
    assert.equal(kept.connections(), 1);
    await kept.close();
  });

  it('refuses an answer that is too large, also when it is small on the wire', async () => {
    reply = { body: 'x'.repeat(10_001) };
    await refused(get(), 'body_unexpected', { path: '/v2/thing' });
    reply = { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(5_000_000)) };
    await refused(get(), 'body_unexpected', { path: '/v2/thing' });
    reply = { body: 'x'.repeat(10_000) };
    assert.equal((await http.send(get(), SIGNAL)).text.length, 10_000);
  });

  it('gives up on a server that never answers, and on one that stops in the middle', async () => {
    reply = 'hang';
    await refused(get({ timeoutMs: 40 }), 'timed_out', { seconds: 0.04, path: '/v2/thing' });
    reply = { start: '{"data":', then: 'hang' };
    await refused(get({ timeoutMs: 40 }), 'timed_out', { seconds: 0.04, path: '/v2/thing' });
  });

  it('ends with the reason of the signal, before and during the exchange, and lets the connection go', async () => {
    reply = 'hang';
    const reason = new Error('closing');
    await assert.rejects(http.send(get(), AbortSignal.abort(reason)), reason);
    const seen = server.requests.length;
    const closing = new AbortController();
    const sent = http.send(get(), closing.signal);
    await server.untilReceived(seen + 1);
    closing.abort(reason);
    await assert.rejects(sent, reason);
    await server.untilAborted(1);
  });

  it('leaves no listener on a signal that lives long', async () => {
    reply = { body: 'ok' };
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    await http.send(get(), signal);
    assert.equal(listeners, 0);
  });

  it('says that nobody listens at the address', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => probe.once('listening', resolve));
    const address = probe.address();
    const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    await new Promise((resolve) => probe.close(resolve));
    await refused(get({ url: `http://${host}/v2/thing` }), 'unreachable', { host, reason: 'ECONNREFUSED' });
  });

  it('says that the connection broke, before and in the middle of the answer', async () => {
    const { host } = new URL(server.url);
    reply = 'reset';
    await refused(get(), 'unreachable', { host, reason: 'ECONNRESET' });
    reply = { start: '{"data":', then: 'reset' };
    await refused(get(), 'unreachable', { host, reason: 'ECONNRESET' });
    reply = { start: gzipSync(Buffer.from('{"data":[]}')).subarray(0, 15), headers: { 'content-encoding': 'gzip' }, then: 'reset' };
    await assert.rejects(http.send(get(), SIGNAL), { code: 'unreachable' });
  });

  it('does not trust a self-signed certificate', async () => {
    const tls = { key: readFileSync(join(TLS, 'key.pem'), 'utf8'), cert: readFileSync(join(TLS, 'cert.pem'), 'utf8') };
    const secure = await startServer(() => ({ body: 'ok' }), tls);
    await refused(get({ url: secure.url }), 'tls_failed', { host: new URL(secure.url).host, reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    assert.equal(secure.requests.length, 0);
    await secure.close();
  });

  it('says the same of HTTPS asked from a server that speaks HTTP', async () => {
    await assert.rejects(http.send(get({ url: server.url.replace('http:', 'https:') }), SIGNAL), { code: 'tls_failed' });
  });

  it('refuses what is no address', async () => {
    await refused(get({ url: 'nowhere' }), 'address_invalid', {});
  });
});

describe('failures of the network', () => {
  // names from the Node.js documentation: errors, "ERR_TLS_CERT_ALTNAME_INVALID", and tls, "X509 certificate error codes"
  const untrusted = [
    'SELF_SIGNED_CERT_IN_CHAIN',
    'CERT_HAS_EXPIRED',
    'CERT_NOT_YET_VALID',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'CERT_REVOKED',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'HOSTNAME_MISMATCH',
    'INVALID_CA',
    'CRL_HAS_EXPIRED',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'EPROTO',
  ];
  const broken = [
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'HPE_INVALID_CONSTANT',
    'Z_DATA_ERROR',
  ];

  for (const code of untrusted) {
    it(`${code} needs a person`, () => {
      assert.deepEqual({ ...errorOfNetwork({ code }, 'h').params }, { host: 'h', reason: code });
      assert.equal(errorOfNetwork({ code }, 'h').retry, 'after-user-action');
    });
  }
  for (const code of broken) {
    it(`${code} may pass by itself`, () => {
      assert.deepEqual({ ...errorOfNetwork({ code }, 'h').params }, { host: 'h', reason: code });
      assert.equal(errorOfNetwork({ code }, 'h').retry, 'later');
    });
  }

  it('finds the code in the cause, and takes over nothing that does not look like a code', () => {
    assert.equal(errorOfNetwork(new Error('x', { cause: { code: 'ENOTFOUND' } }), 'h').params['reason'], 'ENOTFOUND');
    for (const odd of [{ code: 'Bearer secret' }, { code: 5 }, 'text', null, undefined, new Error('Bearer secret')]) {
      assert.equal(errorOfNetwork(odd, 'h').params['reason'], 'UNKNOWN');
    }
  });

  it('keeps no cause, which would hold the token', () => {
    assert.equal(errorOfNetwork(new Error('Bearer secret'), 'h').cause, undefined);
  });
});
