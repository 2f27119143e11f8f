import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { systemClock } from '../../lib/async/system-clock';
import { systemRandom } from '../../lib/async/system-random';
import { TokenFiles } from '../../lib/auth/token-files';
import type { OAuthApplication } from '../../lib/ports/oauth';
import { mulberry32 } from '../../lib/simulator/person/mulberry32';
import { SimulatorServer } from '../../lib/simulator/server/simulator-server';
import { FolderFiles } from '../../lib/store/folder-files';
import { HandPerson } from '../simulator/server/support/hand-person';
import { temporaryFolder } from '../store/support/temporary-folder';
import type { TestServer } from '../support/http-server';
import { buildProgram } from './support/build-program';
import { startGateway } from './support/gateway';
import type { HolderOrder } from './support/holder';
import { oauthOf } from './support/oauth-rig';

const KILLS = 200;
const ACCOUNTS = 5;
const SEED = 20261124;
/** Longest time until a kill: a token lives for one second, so it falls anywhere in its life. */
const LATEST_MS = 1000;
/** Longest way to Oura and back, each. */
const WAY_MS = 100;
/** Somewhat longer than a renewal takes on its way and on the disk. */
const RENEWAL_MS = 250;
const PATIENCE_MS = 20_000;
const CALLBACK = 'http://localhost:1880/oura/oauth/callback';
const { signal } = new AbortController();

/** Kills by what was under way: nothing, a request that Oura had not answered, or an answer that was not on the disk. */
type Moment = 'idle' | 'asking' | 'answered';

/** An account whose program is killed again and again. */
class Account {
  readonly moments: Moment[] = [];
  readonly #order: HolderOrder;
  readonly #store: TokenFiles;
  readonly #gateway: TestServer;
  readonly #holder: string;
  readonly #chance: () => number;
  #underWay = 0;
  #issued = '';
  #running: ChildProcess | null = null;
  isClosed = false;

  private constructor(holder: string, order: HolderOrder, gateway: TestServer, chance: () => number) {
    this.#holder = holder;
    this.#order = order;
    this.#gateway = gateway;
    this.#chance = chance;
    this.#store = new TokenFiles({
      ...order.place,
      secrets: () => order.place.secrets,
      files: new FolderFiles(order.place.folder),
      random: systemRandom,
    });
  }

  static async signIn(
    server: SimulatorServer,
    programs: { holder: string; tokens: string },
    folder: string,
    seed: number,
  ): Promise<Account> {
    const chance = mulberry32(seed);
    const way = (): Promise<void> => systemClock.delay(chance() * WAY_MS, signal);
    const gateway: TestServer = await startGateway(server.url, {
      request: async () => {
        account.#underWay += 1;
        await way();
      },
      answer: async (text) => {
        account.#issued = (JSON.parse(text) as { refresh_token?: string }).refresh_token ?? ''; // the stand-in's answers are JSON
        await way();
        account.#underWay -= 1;
      },
    });
    const tokenUrls = [`${gateway.url}/oauth/token`];
    const application: OAuthApplication = { clientId: 'legacy-app', clientSecret: 'legacy-secret', tokenUrls, revokeUrl: server.url };
    const place = { folder, secrets: ['secret'], installation: 'here', userAgent: 'test/1' };
    const account = new Account(programs.holder, { program: programs.tokens, place, application }, gateway, chance);
    const query = { response_type: 'code', client_id: 'legacy-app', redirect_uri: CALLBACK };
    const page = await fetch(`${server.url}/oauth/authorize?${new URLSearchParams(query).toString()}`, { redirect: 'manual' });
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const oauth = oauthOf(systemClock);
    account.#store.save('a', await oauth.exchange(application, { code, redirectUri: CALLBACK, codeVerifier: null }));
    return account;
  }

  /** Starts the program and kills it at a random moment: half of the time any, half of the time around a renewal. */
  async startAndKill(): Promise<void> {
    const asked = this.#gateway.requests.length;
    const [holder, lines] = this.#start();
    const isAimed = this.#chance() < 0.5;
    const laterMs = this.#chance() * (isAimed ? RENEWAL_MS : LATEST_MS);
    if (isAimed) await this.#untilAsked(asked + 1);
    await systemClock.delay(laterMs, signal);
    holder.kill('SIGKILL');
    this.moments.push(this.#moment());
    if (holder.signalCode === null && holder.exitCode === null) await once(holder, 'exit');
    for await (const line of lines) assert.match(line, /^at-/);
  }

  /** Starts the program once more. @returns the token it comes up with */
  async startAgain(): Promise<string> {
    const [holder, lines] = this.#start();
    const line = await lines.next();
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    return line.done === true ? '' : line.value;
  }

  /** Resolves when no renewal that a killed program began is under way any more. */
  async calm(): Promise<void> {
    const files = new FolderFiles(this.#order.place.folder);
    while (files.names().length > 1) await systemClock.delay(5, AbortSignal.timeout(PATIENCE_MS));
  }

  /** Ends the program too, should it still run. */
  close(): Promise<void> {
    this.isClosed = true;
    this.#running?.kill('SIGKILL');
    return this.#gateway.close();
  }

  async #untilAsked(count: number): Promise<void> {
    const enough = new AbortController();
    const patience = systemClock.delay(PATIENCE_MS, enough.signal);
    await Promise.race([this.#gateway.untilReceived(count), patience]); // in vain: the program has said why
    enough.abort();
  }

  #moment(): Moment {
    const kept = this.#store.load('a')?.tokens.refreshToken;
    if (this.#issued !== '' && this.#issued !== kept) return 'answered';
    return this.#underWay > 0 ? 'asking' : 'idle';
  }

  #start(): readonly [ChildProcess, AsyncIterator<string, void> & AsyncIterable<string>] {
    const holder = spawn(process.execPath, [this.#holder, JSON.stringify(this.#order)], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#running = holder;
    return [holder, createInterface(holder.stdout)[Symbol.asyncIterator]()];
  }
}

describe('a program that is killed while it renews tokens', () => {
  const path = temporaryFolder();
  let server: SimulatorServer;
  let accounts: readonly Account[] = [];
  beforeEach(async () => {
    const options = { persons: [new HandPerson([])], clock: systemClock, random: systemRandom };
    server = await SimulatorServer.start({ ...options, oauth: { expiresInSeconds: 1, reuseRevokesGrant: true } });
  });
  afterEach(async () => {
    await Promise.all(accounts.map((account) => account.close()));
    await server.close();
  });

  it(`stays signed in: ${KILLS} kills, and the chain of tokens never breaks`, async function () {
    this.timeout(300_000);
    const programs = {
      tokens: buildProgram('lib/auth/token-process-main.ts', path('tokens.js')),
      holder: buildProgram('test/auth/support/holder.ts', path('holder.js')),
    };
    accounts = await Promise.all(
      Array.from({ length: ACCOUNTS }, (_, index) => Account.signIn(server, programs, path(`account-${index}`), SEED + index)),
    );
    await Promise.all(
      accounts.map(async (account) => {
        for (let kill = 0; kill < KILLS / ACCOUNTS && !account.isClosed; kill += 1) await account.startAndKill();
      }),
    );
    for (const account of accounts) {
      const token = await account.startAgain();
      await account.calm();
      assert.match(token, /^at-/);
    }
    const moments = accounts.flatMap((account) => account.moments);
    const count = (moment: Moment): number => moments.filter((one) => one === moment).length;
    const asked = server.control.requests().filter(({ path: to }) => to === '/oauth/token');
    assert.deepEqual(
      asked.filter(({ status }) => status !== 200),
      [],
    );
    assert.equal(moments.length, KILLS);
    assert.ok(count('answered') >= 5 && count('asking') >= 5, JSON.stringify([count('idle'), count('asking'), count('answered')]));
  });
});
