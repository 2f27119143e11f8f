import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LIMITS } from '../../../lib/catalogue/limits';
import { HomeConnection } from '../../../lib/home/websocket/home-connection';
import type { HomeAssistantFacts } from '../../../lib/ports/home-assistant';
import { HomeServer, Refusal, type HomeServerOptions } from '../../support/home-server';
import { MemoryLogger } from '../../store/support/memory-logger';
import { AskedClock } from './support/asked-clock';

const TLS = path.join(__dirname, '../../fixtures/tls');

/** Something that is told again and again, to be waited for. */
class Heard<T> {
  readonly all: T[] = [];
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  readonly hear = (one: T): void => {
    this.all.push(one);
    for (const { count, resolve } of this.#waiting) if (this.all.length >= count) resolve();
  };

  until(count: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.all.length >= count) resolve();
      else this.#waiting.push({ count, resolve });
    });
  }
}

describe('the connection with Home Assistant', () => {
  const unhandled: unknown[] = [];
  const onUnhandled = (cause: unknown): void => void unhandled.push(cause);
  let server: HomeServer;
  let clock: AskedClock;
  let logger: MemoryLogger;
  let facts: Heard<HomeAssistantFacts | null>;
  let connection: HomeConnection;

  const startServer = async (options: HomeServerOptions = {}): Promise<void> => {
    await server.stop();
    server = await HomeServer.start(options);
  };
  const make = (over: { url?: string; token?: () => string | null; rejectUnauthorized?: boolean } = {}): HomeConnection => {
    connection = new HomeConnection({ clock, logger }, { url: server.url, token: () => 'home-token', rejectUnauthorized: true, ...over });
    connection.onFacts(facts.hear);
    return connection;
  };
  const connect = async (over: Parameters<typeof make>[0] = {}): Promise<HomeConnection> => {
    make(over).start();
    await facts.until(facts.all.length + 1);
    return connection;
  };

  /** Real timers of this process; our own waits are the clock's. */
  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

  before(() => process.on('unhandledRejection', onUnhandled));
  after(() => {
    process.off('unhandledRejection', onUnhandled);
    assert.deepEqual(unhandled, []);
  });
  beforeEach(async () => {
    server = await HomeServer.start();
    clock = new AskedClock();
    logger = new MemoryLogger();
    facts = new Heard();
    make();
  });
  afterEach(async () => {
    await connection.close();
    await server.stop();
    assert.equal(clock.waiting, 0, 'a delay outlived the connection');
    assert.ok(!logger.lines.join('\n').includes('home-token'));
  });

  it('knows the version and whose token it is as soon as it is made', async () => {
    await connect();
    assert.deepEqual(connection.facts, { version: '2026.11.0', isAdmin: true });
    assert.equal(connection.problem, null);
    assert.deepEqual(logger.lines, []);
  });

  it('says that a token does not belong to an administrator', async () => {
    server.isAdmin = false;
    await connect();
    assert.deepEqual(connection.facts, { version: '2026.11.0', isAdmin: false });
    assert.deepEqual(logger.lines, ['warn: The access token for Home Assistant does not belong to an administrator.']);
    await assert.rejects(connection.call({ type: 'fire_event', event_type: 'x' }), {
      code: 'home_refused',
      params: { command: 'fire_event', reason: 'unauthorized' },
    });
  });

  it('waits for a Home Assistant that is starting', async () => {
    server.state = 'STARTING';
    make().start();
    await clock.asked(LIMITS.homeStartPollMs);
    assert.equal(connection.facts, null);
    await assert.rejects(connection.call({ type: 'get_states' }), { code: 'home_away' });
    server.state = 'RUNNING';
    await clock.advance(LIMITS.homeStartPollMs);
    await facts.until(1);
    assert.equal(server.connections, 1);
  });

  it('is made again after a drop, and says once that it was gone and once that it is back', async () => {
    await connect();
    await server.stop();
    await facts.until(2);
    assert.deepEqual(facts.all.at(-1), null);
    assert.equal(connection.problem?.code, 'home_away'); // known to whoever hears of it
    await clock.asked(LIMITS.homeReconnectFirstMs);
    assert.equal(connection.facts, null);
    for (const pauseMs of [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000]) {
      await clock.asked(pauseMs);
      await clock.advance(pauseMs);
    }
    await clock.asked(60_000);
    assert.deepEqual(connection.problem.params, { host: new URL(server.url).host, reason: 'ECONNREFUSED' });
    await server.startAgain();
    await clock.advance(60_000);
    await facts.until(3);
    assert.deepEqual(facts.all.at(-1), { version: '2026.11.0', isAdmin: true });
    assert.equal(connection.problem, null);
    const { host } = new URL(server.url);
    assert.deepEqual(logger.lines, [
      `warn: Home Assistant at ${host} cannot be reached (CLOSED). It is tried again by itself.`,
      'info: Home Assistant can be reached again.',
    ]);
  });

  it('leaves reconnecting to the clock: a drop sets no timer of the library going', async () => {
    await connect();
    const before = timers();
    server.dropAll();
    await clock.asked(LIMITS.homeReconnectFirstMs);
    assert.equal(timers(), before);
  });

  it('begins with the shortest pause again after it has been there', async () => {
    await connect();
    for (let round = 0; round < 3; round += 1) {
      server.dropAll();
      await clock.asked(LIMITS.homeReconnectFirstMs);
      await clock.advance(LIMITS.homeReconnectFirstMs);
      await facts.until(3 + round * 2);
    }
    assert.equal(server.connections, 4);
  });

  it('says that the token was refused, and tries again with whatever token there is by then', async () => {
    server.token = 'another';
    let token: string | null = 'home-token';
    make({ token: () => token }).start();
    await clock.asked(LIMITS.homeReconnectMaxMs);
    assert.deepEqual(connection.problem?.code, 'home_sign_in');
    token = null;
    await clock.advance(LIMITS.homeReconnectMaxMs);
    await clock.asked(LIMITS.homeReconnectMaxMs);
    assert.deepEqual(connection.problem.code, 'home_token_missing');
    assert.deepEqual(facts.all, [null, null]); // each problem is told once
    token = 'another';
    await clock.advance(LIMITS.homeReconnectMaxMs);
    await facts.until(3);
    assert.equal(connection.problem, null);
    assert.deepEqual(logger.lines, [
      'error: Home Assistant refused the access token.',
      'error: There is no access token for Home Assistant.',
      'info: Home Assistant can be reached again.',
    ]);
  });

  it('gives up a Home Assistant that lets nobody in within ten seconds, and tries again', async () => {
    server.holdsGreeting = true;
    make().start();
    await server.until(() => server.clients === 1);
    await clock.advance(LIMITS.homeCallTimeoutMs);
    await clock.asked(LIMITS.homeReconnectFirstMs);
    assert.deepEqual(connection.problem?.code, 'home_away');
    assert.match(String(connection.problem), /\(ETIMEDOUT\)/);
    server.holdsGreeting = false;
    await clock.advance(LIMITS.homeReconnectFirstMs);
    await facts.until(2);
  });

  it('trusts a self-signed certificate only when told so', async () => {
    const read = (name: string): string => readFileSync(path.join(TLS, name), 'utf8');
    await startServer({ tls: { key: read('key.pem'), cert: read('cert.pem') } });
    make().start();
    await clock.asked(LIMITS.homeReconnectMaxMs);
    assert.deepEqual(connection.problem?.code, 'tls_failed');
    assert.equal(server.connections, 0);
    await connection.close();
    await connect({ rejectUnauthorized: false });
    assert.equal(connection.facts?.version, '2026.11.0');
  });

  it('says what an address that is not Home Assistant answered', async () => {
    await startServer({ path: '/elsewhere' });
    make().start();
    await clock.asked(LIMITS.homeReconnectFirstMs);
    assert.match(String(connection.problem), /cannot be reached \(HTTP_400\)/);
  });

  it('brings the result of a command, or why it was refused', async () => {
    server.on('test/sum', ({ a, b }) => Number(a) + Number(b));
    server.on('test/no', () => {
      throw new Refusal('not_found');
    });
    await connect();
    assert.equal(await connection.call({ type: 'test/sum', a: 2, b: 0 }), 2);
    await assert.rejects(connection.call({ type: 'test/no' }), {
      code: 'home_refused',
      params: { command: 'test/no', reason: 'not_found' },
    });
    server.on('test/odd', () => {
      throw new Refusal('a text that may hold anything');
    });
    await assert.rejects(connection.call({ type: 'test/odd' }), { params: { command: 'test/odd', reason: 'unknown_error' } });
    await assert.rejects(connection.call({ type: 'test/none' }), { params: { command: 'test/none', reason: 'unknown_command' } });
  });

  it('ends a command without answer in time, sooner or later as told, and when the caller has had enough', async () => {
    server.on('test/silent', () => new Promise(() => undefined));
    await connect();
    const plain = assert.rejects(connection.call({ type: 'test/silent' }), {
      code: 'timed_out',
      params: { seconds: 10, path: 'test/silent' },
    });
    const long = assert.rejects(connection.call({ type: 'test/silent' }, undefined, 60_000), { code: 'timed_out' });
    await clock.advance(LIMITS.homeCallTimeoutMs);
    await plain;
    assert.equal(clock.waiting, 1);
    await clock.advance(50_000);
    await long;
    const enough = new AbortController();
    const aborted = assert.rejects(connection.call({ type: 'test/silent' }, enough.signal), { message: 'enough' });
    enough.abort(new Error('enough'));
    await aborted;
    await assert.rejects(connection.call({ type: 'test/silent' }, enough.signal), { message: 'enough' });
  });

  it('tells a caller at once that Home Assistant is away, also in the middle of a command', async () => {
    server.on('test/drop', () => {
      server.dropAll();
      return new Promise(() => undefined);
    });
    await connect();
    await assert.rejects(connection.call({ type: 'test/drop' }), { code: 'home_away' });
    await assert.rejects(connection.call({ type: 'get_config' }), {
      code: 'home_away',
      params: { host: new URL(server.url).host, reason: 'CLOSED' },
    });
    await assert.rejects(
      connection.subscribe({ type: 'subscribe_events' }, () => undefined, 'socket'),
      { code: 'home_away' },
    );
  });

  it('makes lasting subscriptions with each connection, also one begun while there is none, before anybody hears of it', async () => {
    const events = new Heard<unknown>();
    make();
    connection.onFacts((now) => {
      if (now !== null) void connection.call({ type: 'fire_event', event_type: 'oura_request', event_data: { n: facts.all.length } });
    });
    const end = await connection.subscribe({ type: 'subscribe_events', event_type: 'oura_request' }, events.hear, 'lasting');
    connection.start();
    await events.until(1);
    server.dropAll();
    await clock.asked(LIMITS.homeReconnectFirstMs);
    await clock.advance(LIMITS.homeReconnectFirstMs);
    await events.until(2);
    assert.deepEqual(
      events.all.map((event) => (event as { readonly data: unknown }).data),
      [{ n: 1 }, { n: 3 }],
    );
    end();
    end();
    server.fire('oura_request'); // told before Home Assistant knows
    await server.until(() => server.commands.at(-1)?.type === 'unsubscribe_events');
    server.dropAll();
    await clock.asked(LIMITS.homeReconnectFirstMs);
    await clock.advance(LIMITS.homeReconnectFirstMs);
    await facts.until(5);
    await connection.call({ type: 'get_config' });
    assert.equal(server.commands.filter(({ type }) => type === 'subscribe_events').length, 2);
    assert.equal(events.all.length, 2);
  });

  it('makes a lasting subscription with the next connection when the one it was begun on is lost meanwhile', async () => {
    const events = new Heard<unknown>();
    let isLost = true;
    server.on('test/subscribe', ({ id }, client) => {
      if (isLost) server.dropAll();
      else client.tell(id, 'made');
      return null;
    });
    await connect();
    await connection.subscribe({ type: 'test/subscribe' }, events.hear, 'lasting');
    isLost = false;
    await clock.asked(LIMITS.homeReconnectFirstMs);
    await clock.advance(LIMITS.homeReconnectFirstMs);
    await events.until(1);
  });

  it('ends a subscription of the socket with the connection', async () => {
    const events = new Heard<unknown>();
    await connect();
    await connection.subscribe({ type: 'subscribe_events', event_type: 'x' }, events.hear, 'socket');
    server.fire('x');
    await events.until(1);
    server.dropAll();
    await clock.asked(LIMITS.homeReconnectFirstMs);
    await clock.advance(LIMITS.homeReconnectFirstMs);
    await facts.until(3);
    server.fire('x');
    await connection.call({ type: 'get_config' });
    assert.equal(events.all.length, 1);
  });

  it('tells a subscriber that was refused, and asks again with the next connection if that happens later', async () => {
    let isThere = false;
    const make = (): null => {
      if (!isThere) throw new Refusal('unknown_command');
      return null;
    };
    server.on('test/subscribe', make);
    await connect();
    const command = { type: 'test/subscribe' };
    for (const lifetime of ['lasting', 'socket'] as const)
      await assert.rejects(
        connection.subscribe(command, () => undefined, lifetime),
        { code: 'home_refused' },
      );
    isThere = true;
    await connection.subscribe(command, () => undefined, 'lasting');
    isThere = false;
    for (let round = 0; round < 2; round += 1) {
      server.dropAll();
      await clock.asked(LIMITS.homeReconnectFirstMs);
      await clock.advance(LIMITS.homeReconnectFirstMs);
      await facts.until(3 + round * 2);
      await connection.call({ type: 'get_config' });
      isThere = true;
    }
    assert.equal(server.commands.filter(({ type }) => type === 'test/subscribe').length, 5);
    assert.equal(logger.lines.filter((line) => line === 'warn: Home Assistant refused test/subscribe (unknown_command).').length, 1);
  });

  it('makes the connection anew when a lasting subscription gets no answer', async () => {
    let isSilent = false;
    server.on('test/subscribe', () => (isSilent ? new Promise(() => undefined) : null));
    await connect();
    await connection.subscribe({ type: 'test/subscribe' }, () => undefined, 'lasting');
    isSilent = true;
    server.dropAll();
    await clock.asked(LIMITS.homeReconnectFirstMs);
    await clock.advance(LIMITS.homeReconnectFirstMs);
    await facts.until(3);
    isSilent = false;
    await clock.advance(LIMITS.homeCallTimeoutMs);
    await clock.asked(LIMITS.homeReconnectFirstMs);
    await clock.advance(LIMITS.homeReconnectFirstMs);
    await facts.until(5);
    assert.equal(server.connections, 3);
  });

  it('goes on when a listener fails', async () => {
    const events = new Heard<unknown>();
    await connect();
    const fails = (): void => {
      throw new TypeError('a value nobody may read');
    };
    connection.onFacts(fails);
    await connection.subscribe({ type: 'subscribe_events', event_type: 'x' }, fails, 'lasting');
    await connection.subscribe({ type: 'subscribe_events', event_type: 'x' }, events.hear, 'lasting');
    server.fire('x');
    await events.until(1);
    assert.deepEqual(logger.lines, ['error: What subscribe_events told could not be worked on: An error of this package: TypeError.']);
  });

  for (const frame of ['<html>', 'null', '[null]'])
    it(`ends a connection that sends ${frame}, which is no message, and makes another`, async () => {
      await connect();
      server.sendRaw(frame);
      await clock.asked(LIMITS.homeReconnectFirstMs);
      await clock.advance(LIMITS.homeReconnectFirstMs);
      await facts.until(3);
    });

  it('can be closed before, while and after it is made, and is silent from then on', async () => {
    await connection.close();
    make().start();
    await connection.close();
    make({ url: 'nowhere' }).start();
    await clock.asked(LIMITS.homeReconnectMaxMs);
    await connection.close();
    assert.equal(connection.problem, null);
    assert.deepEqual([facts.all.splice(0), logger.lines.splice(0).length], [[null], 1]);
    server.holdsGreeting = true;
    make().start();
    await server.until(() => server.clients > 0);
    await connection.close();
    server.holdsGreeting = false;
    await connect();
    const events = new Heard<unknown>();
    await connection.subscribe({ type: 'subscribe_events' }, events.hear, 'lasting');
    const closed = connection.close();
    server.fire('x');
    await closed;
    await server.until(() => server.clients === 0);
    assert.equal(connection.facts, null);
    assert.equal(connection.problem, null);
    assert.deepEqual(facts.all.length, 2);
    assert.deepEqual(events.all, []);
    await assert.rejects(connection.call({ type: 'get_config' }), { code: 'home_away' });
    assert.deepEqual(logger.lines, []);
  });

  it('does not wait long for a Home Assistant that does not say goodbye', async () => {
    await connect();
    server.freeze();
    const before = timers();
    const closed = connection.close();
    await clock.asked(LIMITS.homeCloseTimeoutMs);
    await clock.advance(LIMITS.homeCloseTimeoutMs);
    await closed;
    assert.equal(timers(), before); // that of the socket, half a minute long, has ended too
  });
});
