import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { AxiosHttp } from '../../lib/api/axios-http';
import { systemRandom } from '../../lib/async/system-random';
import { AddressCheck } from '../../lib/accounts/address-check';
import { ADDRESS_FINDINGS, ADDRESS_STEPS, type AddressFindingKey } from '../../lib/accounts/address-findings';
import { webhookRefusal } from '../../lib/accounts/webhook-refusal';
import type { AddressVerdict } from '../../lib/accounts/webhook-wire';
import type { Http } from '../../lib/ports/http';
import { json, startServer, type Handler, type ReceivedRequest, type Reply, type TestServer } from '../support/http-server';

const PATH = '/oura/webhook/0123456789abcdef';
const patient = new AbortController().signal;
const fixture = (name: string): string => readFileSync(path.join(__dirname, '../fixtures/tls', name), 'utf8');

const html = (body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body: `<!DOCTYPE html>\n<html lang="en"><head><title>${body}</title></head><body>${body}</body></html>`,
});
const plain = (body: string, status: number, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'content-type': 'text/plain', ...headers },
  body,
});
const echo = (request: ReceivedRequest): Reply => json({ challenge: request.query['challenge'] });

interface Case {
  readonly name: string;
  readonly answer: Handler;
  readonly code: AddressFindingKey;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** What may stand between Oura and Node-RED. `params` left out are those that name the server of the test. */
const CASES: readonly Case[] = [
  {
    name: 'a challenge page of Cloudflare',
    answer: () => html('Just a moment... Performance and security by Cloudflare', 403, { server: 'cloudflare', 'cf-ray': '8f1' }),
    code: 'forbidden',
    params: { by: 'Cloudflare' },
  },
  {
    name: 'a block page of Cloudflare with status 200',
    answer: () => html('Attention Required! | Cloudflare', 200, { server: 'cloudflare' }),
    code: 'page',
    params: { by: 'Cloudflare', status: 200 },
  },
  {
    name: 'a tunnel of Cloudflare whose end is not there',
    answer: () => html('Argo Tunnel error', 530, { server: 'cloudflare' }),
    code: 'gateway',
    params: { by: 'Cloudflare', status: 530 },
  },
  {
    name: 'a remote address of Nabu Casa that is not connected',
    answer: () => html('Unable to connect to your instance. Nabu Casa', 200),
    code: 'page',
    params: { by: 'Nabu Casa', status: 200 },
  },
  {
    name: 'the front page of Home Assistant',
    answer: () => html('Home Assistant'),
    code: 'page',
    params: { by: 'Home Assistant', status: 200 },
  },
  {
    name: 'Home Assistant without that path',
    answer: () => plain('404: Not Found', 404, { server: 'Python/3.14 aiohttp/3.13' }),
    code: 'not_found',
    params: { by: 'Python' },
  },
  {
    name: 'nginx that does not reach Node-RED',
    answer: () => html('<center><h1>502 Bad Gateway</h1></center><hr><center>nginx/1.29.3</center>', 502, { server: 'nginx/1.29.3' }),
    code: 'gateway',
    params: { by: 'nginx', status: 502 },
  },
  {
    name: 'the welcome page of nginx',
    answer: () => html('Welcome to nginx!', 200, { server: 'nginx' }),
    code: 'page',
    params: { by: 'nginx', status: 200 },
  },
  { name: 'nginx without that path', answer: () => html('<center>nginx</center>', 404), code: 'not_found', params: { by: 'nginx' } },
  { name: 'Traefik without that route', answer: () => plain('404 page not found\n', 404), code: 'not_found', params: { by: 'Traefik' } },
  {
    name: 'the login of httpNodeAuth',
    answer: () => plain('Unauthorized', 401, { 'www-authenticate': 'Basic realm="Authorization Required"' }),
    code: 'node_login',
    params: {},
  },
  {
    name: 'the login of a proxy',
    answer: () => html('401 Authorization Required', 401, { 'www-authenticate': 'Basic realm="home"', server: 'nginx' }),
    code: 'proxy_login',
    params: { by: 'nginx', status: 401 },
  },
  {
    name: 'a proxy that refuses strangers',
    answer: () => plain('Forbidden', 403, { server: 'Caddy' }),
    code: 'forbidden',
    params: { by: 'Caddy' },
  },
  {
    name: 'a redirect to a login elsewhere, of which only the origin is told',
    answer: () => ({ status: 302, headers: { location: 'https://auth.example.org:8443/login?rd=https%3A%2F%2Fsecret' } }),
    code: 'redirected',
    params: { to: 'https://auth.example.org:8443' },
  },
  {
    name: 'Node-RED, asked at a path it does not serve',
    answer: () => html(`Error <pre>Cannot GET ${PATH}</pre>`, 404),
    code: 'wrong_path',
    params: { path: PATH, served: `/api${PATH}` },
  },
  { name: 'JSON of something else', answer: () => json({ status: 'ok' }), code: 'other_json' },
  { name: 'a text of something else', answer: () => plain('hello', 200), code: 'other_answer' },
  { name: 'an empty answer', answer: () => ({ status: 204 }), code: 'other_answer' },
  {
    name: 'another installation without that application',
    answer: () => json(webhookRefusal('unknown_application'), 404),
    code: 'other_installation',
    params: {},
  },
  {
    name: 'another installation with that application, which does not know the token',
    answer: () => json(webhookRefusal('token'), 401),
    code: 'other_installation',
    params: {},
  },
  { name: 'somebody who repeats whatever is said', answer: echo, code: 'other_installation', params: {} },
  { name: 'an earlier answer out of a cache', answer: () => json({ challenge: 'earlier' }), code: 'wrong_challenge', params: {} },
];

/** Everything that was found, with the names of its parameters. */
const found = new Map<string, readonly string[]>();

describe('the check of a public address', () => {
  let http: AxiosHttp;
  let check: AddressCheck;
  const servers: TestServer[] = [];

  beforeEach(() => {
    http = new AxiosHttp({ userAgent: 'test/1' });
    check = new AddressCheck({ http, random: systemRandom });
  });
  afterEach(async () => {
    http.close();
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  const serve = async (handler: Handler, tls?: { readonly key: string; readonly cert: string }): Promise<TestServer> => {
    const server = await startServer(handler, tls);
    servers.push(server);
    return server;
  };
  const ask = async (callbackUrl: string | null, servedAt: string | null = `/api${PATH}`): Promise<AddressVerdict> => {
    const verdict = await check.check({ callbackUrl, servedAt }, patient);
    for (const one of verdict.steps) if (one.found !== null) found.set(one.found.code, Object.keys(one.found.params));
    return verdict;
  };
  /** This Node-RED, as the public route answers. */
  const here: Handler = ({ query }) => {
    const { status, body } = check.answer(new URLSearchParams(query)) ?? { status: 404, body: webhookRefusal('unknown_application') };
    return json(body, status);
  };
  const codes = ({ steps }: AddressVerdict): readonly (string | undefined)[] => steps.map((step) => step.found?.code);

  it('is content when its call arrives here and the answer comes back', async () => {
    const server = await serve(here);
    const verdict = await ask(server.url + PATH);
    assert.equal(verdict.works, true);
    assert.equal(verdict.callbackUrl, server.url + PATH);
    assert.deepEqual(
      verdict.steps.map(({ step, level }) => [step, level]),
      ADDRESS_STEPS.map((step) => [step, ['public', 'encrypted'].includes(step) ? 'notice' : 'ok']),
    );
    assert.deepEqual(codes(verdict), [undefined, 'private_host', 'not_encrypted', undefined, undefined, undefined]);
  });

  it('knows a call of its own only while the check is under way, and each only by its own token', async () => {
    const server = await serve(here);
    await Promise.all([ask(server.url + PATH), ask(server.url + PATH)]);
    const tokens = server.requests.map(({ query }) => query['verification_token'] ?? '');
    assert.equal(new Set(tokens).size, 2);
    for (const token of tokens) {
      assert.match(token, /^[0-9a-f]{32}$/);
      assert.equal(check.answer(new URLSearchParams({ verification_token: token, challenge: 'x' })), null);
    }
    assert.equal(check.answer(new URLSearchParams({ challenge: 'x' })), null);
  });

  for (const { name, answer, code, params } of CASES) {
    it(`recognises ${name}`, async () => {
      const server = await serve(answer);
      const { works, steps } = await ask(server.url + PATH);
      const last = steps.at(-1);
      assert.deepEqual([works, last?.found?.code, last?.step], [false, code, ADDRESS_FINDINGS[code].step]);
      if (params !== undefined) assert.deepEqual(last?.found?.params, params);
    });
  }

  it('does not follow a redirect, wherever it leads', async () => {
    const target = await serve(here);
    const server = await serve(() => ({ status: 301, headers: { location: `${target.url}${PATH}` } }));
    assert.equal(codes(await ask(server.url + PATH)).at(-1), 'redirected');
    assert.equal(target.requests.length, 0);
  });

  it('says of a text that is no address that it is none, and calls nobody', async () => {
    for (const text of [null, '', 'example', 'ftp://example.org/oura/webhook/x'])
      assert.deepEqual(codes(await ask(text)), ['not_an_address'], String(text));
  });

  it('knows that an address within Home Assistant cannot work', async () => {
    const server = await serve(here);
    assert.deepEqual(codes(await ask(`${server.url}/api/hassio_ingress/abc${PATH}`)), ['ingress']);
    assert.equal(server.requests.length, 0);
  });

  it('knows that HTTP nodes are switched off', async () => {
    assert.deepEqual(codes(await ask('https://example.org/x', null)), ['switched_off']);
  });

  it('says that nobody listens there, or that the name leads nowhere', async () => {
    const port = await new Promise<number>((resolve) => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const address = probe.address();
        probe.close(() => {
          resolve(typeof address === 'object' && address !== null ? address.port : 0);
        });
      });
    });
    assert.equal(codes(await ask(`http://127.0.0.1:${port}${PATH}`)).at(-1), 'refused');
    assert.equal(codes(await ask(`http://nowhere.invalid${PATH}`)).at(-1), 'host_unknown');
  });

  it('says that the connection was cut', async () => {
    const server = await serve(() => 'reset');
    assert.equal(codes(await ask(server.url + PATH)).at(-1), 'unreachable');
  });

  it('says that a certificate is not trusted', async () => {
    const server = await serve(here, { key: fixture('key.pem'), cert: fixture('cert.pem') });
    const { steps } = await ask(server.url + PATH);
    assert.deepEqual(
      steps.map(({ step, level }) => [step, level]),
      [
        ['address', 'ok'],
        ['public', 'notice'],
        ['encrypted', 'ok'],
        ['reached', 'problem'],
      ],
    );
    assert.deepEqual(steps.at(-1)?.found, {
      code: 'certificate',
      params: { host: server.url.slice('https://'.length), reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
  });

  it('does not wait longer than Oura does', async () => {
    const server = await serve(() => 'hang');
    const hasty: Http = {
      send: (request, signal) => {
        assert.equal(request.timeoutMs, 10_000);
        return http.send({ ...request, timeoutMs: 50 }, signal);
      },
      close: () => undefined,
    };
    check = new AddressCheck({ http: hasty, random: systemRandom });
    assert.equal(codes(await ask(server.url + PATH)).at(-1), 'timed_out');
  });

  it('ends when nobody waits for it any more', async () => {
    const server = await serve(() => 'hang');
    const leaving = new AbortController();
    const asked = check.check({ callbackUrl: server.url + PATH, servedAt: PATH }, leaving.signal);
    await server.untilReceived(1);
    leaving.abort(new DOMException('gone', 'AbortError'));
    await assert.rejects(asked, { name: 'AbortError' });
  });

  it('has found each thing that it can find', () => {
    assert.deepEqual([...found.keys()].toSorted(), Object.keys(ADDRESS_FINDINGS).toSorted());
  });
});

describe('the texts of the check of an address', () => {
  const file = path.join(__dirname, '../../locales/en-US/oura-account.json');
  const { address } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly address: Readonly<Record<'step' | 'found' | 'remedy', Readonly<Record<string, string>>>>;
  };
  const names = (text: string): readonly string[] => [...text.matchAll(/__(\w+?)__/g)].map(([, name = '']) => name);

  it('are there for each step, and for everything that can be found', () => {
    assert.deepEqual(Object.keys(address.step), [...ADDRESS_STEPS]);
    for (const part of [address.found, address.remedy]) assert.deepEqual(Object.keys(part), Object.keys(ADDRESS_FINDINGS));
  });

  it('are short where they say what it is', () => {
    for (const [key, text] of Object.entries(address.found)) assert.ok(text.length <= 45, `${key}: ${text}`);
  });

  it('fill in only what comes with the finding', () => {
    for (const [key, params] of found)
      for (const name of names(`${address.found[key] ?? ''} ${address.remedy[key] ?? ''}`))
        assert.ok(params.includes(name), `${key}: ${name}`);
  });
});
