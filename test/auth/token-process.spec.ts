import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { systemClock } from '../../lib/async/system-clock';
import { systemRandom } from '../../lib/async/system-random';
import { InProcessTokenRequests } from '../../lib/auth/in-process-token-requests';
import { TokenFiles } from '../../lib/auth/token-files';
import { TokenProcess } from '../../lib/auth/token-process';
import type { TokenAnswer, TokenPlace } from '../../lib/auth/token-task';
import { toOuraError } from '../../lib/errors/to-oura-error';
import type { OAuthApplication } from '../../lib/ports/oauth';
import type { TokenSet } from '../../lib/ports/token-store';
import { FolderFiles } from '../../lib/store/folder-files';
import type { TestCloud } from '../simulator/server/support/test-cloud';
import { temporaryFolder } from '../store/support/temporary-folder';
import type { TestServer } from '../support/http-server';
import { tokenRequestsContract } from './contract/token-requests';
import { buildProgram } from './support/build-program';
import { startGateway } from './support/gateway';
import type { HolderOrder } from './support/holder';
import { applicationOf, oauthOf, signIn, startCloud } from './support/oauth-rig';

const built = mkdtempSync(path.join(tmpdir(), 'oura-programs-'));
const PROGRAM = path.join(built, 'tokens.js');
const HOLDER = path.join(built, 'holder.js');

describe('token requests', () => {
  const folder = temporaryFolder();
  before(() => {
    buildProgram('lib/auth/token-process-main.ts', PROGRAM);
    buildProgram('test/auth/support/holder.ts', HOLDER);
  });
  after(() => {
    rmSync(built, { recursive: true });
  });

  const place = (): TokenPlace => ({ folder: folder('oura'), secrets: ['sentinel'], installation: 'here', userAgent: 'test/1' });

  describe('in this process', () => {
    tokenRequestsContract(
      () => folder('oura'),
      (where, clock) => {
        const files = new FolderFiles(where.folder);
        const store = new TokenFiles({ ...where, secrets: () => where.secrets, files, random: systemRandom });
        const isAlive = (): boolean => true;
        return new InProcessTokenRequests({ store, files, oauth: oauthOf(clock), clock, random: systemRandom, pid: 1, isAlive });
      },
    );
  });

  describe('in a process of their own', () => {
    tokenRequestsContract(
      () => folder('oura'),
      (where, clock) => new TokenProcess({ program: PROGRAM, place: () => where, clock }),
    );
  });

  describe('in a process that goes wrong', () => {
    const APPLICATION = { clientId: 'sentinel', clientSecret: 'sentinel', tokenUrls: ['http://127.0.0.1:1/t'], revokeUrl: '' };
    const exchange = (program: string): Promise<TokenSet> => {
      writeFileSync(folder('program.js'), program);
      const requests = new TokenProcess({ program: folder('program.js'), place, clock: systemClock });
      return requests.exchange(APPLICATION, { code: 'sentinel', redirectUri: '', codeVerifier: null });
    };

    for (const [what, program] of [
      ['crashes', 'process.exit(3)'],
      ['crashes after it has read', 'process.stdin.resume().on("end", () => { throw new Error("sentinel"); })'],
      ['is no program', 'this is none'],
      ['says what nobody understands', 'console.log("sentinel")'],
      ['gives something else', 'console.log(JSON.stringify({ error: null, value: { accessToken: "sentinel" } }))'],
      [
        'names an error that is none',
        'console.log(JSON.stringify({ error: { code: "sentinel", params: {}, retryAfterMs: null }, value: null }))',
      ],
    ] as const) {
      it(`one that ${what} becomes an error that tells no secret`, async () => {
        await assert.rejects(exchange(program), (error: unknown) => {
          assert.equal(toOuraError(error).code, 'unexpected');
          assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /sentinel/);
          return true;
        });
      });
    }

    it('gets no secret but on its input, does not print requests and waits for no debugger', async () => {
      const program = `require('node:fs').writeFileSync(${JSON.stringify(folder('seen'))}, JSON.stringify([process.argv, process.env, process.execArgv]))`;
      const before = { ...process.env };
      Object.assign(process.env, {
        DEBUG: '*',
        NODE_DEBUG: 'http',
        NODE_OPTIONS: '--inspect=127.0.0.1:0 --no-deprecation --inspect-port 0 --stack-trace-limit=7',
        KEPT: 'yes',
      });
      try {
        await assert.rejects(exchange(program), { code: 'unexpected' });
      } finally {
        for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
        Object.assign(process.env, before);
      }
      const seen = readFileSync(folder('seen'), 'utf8');
      const [, env] = JSON.parse(seen) as [unknown, NodeJS.ProcessEnv]; // written just above
      assert.doesNotMatch(seen, /sentinel/);
      assert.deepEqual([env['DEBUG'], env['NODE_DEBUG'], env['KEPT'], env['ELECTRON_RUN_AS_NODE']], [undefined, undefined, 'yes', '1']);
      assert.equal(env['NODE_OPTIONS']?.replaceAll(/\s+/g, ' ').trim(), '--no-deprecation --stack-trace-limit=7');
    });
  });

  describe('that outlive the one who asked', () => {
    let cloud: TestCloud;
    let gateway: TestServer;
    let application: OAuthApplication;
    let store: TokenFiles;
    let first: TokenSet;
    let letThrough: () => void;

    beforeEach(async () => {
      cloud = await startCloud();
      const gate = new Promise<void>((resolve) => {
        letThrough = resolve;
      });
      gateway = await startGateway(cloud.server.url, { request: () => gate });
      const direct = applicationOf(cloud);
      application = { ...direct, tokenUrls: [`${gateway.url}/oauth/token`] };
      store = new TokenFiles({ ...place(), secrets: () => place().secrets, files: new FolderFiles(folder('oura')), random: systemRandom });
      first = { ...(await signIn(cloud, direct)), expiresAt: 1 };
      store.save('a', first);
    });
    afterEach(async () => {
      await gateway.close();
      await cloud.close();
    });

    const startHolder = (): ChildProcess => {
      const order: HolderOrder = { program: PROGRAM, place: place(), application };
      return spawn(process.execPath, [HOLDER, JSON.stringify(order)], { stdio: ['ignore', 'ignore', 'inherit'] });
    };
    /** Watches the folder until the tokens are others than at first. */
    const saved = async (): Promise<TokenSet> => {
      for (;;) {
        const tokens = store.load('a')?.tokens ?? first;
        if (tokens.refreshToken !== first.refreshToken) return tokens;
        await systemClock.delay(5, AbortSignal.timeout(20_000));
      }
    };
    const works = async ({ accessToken }: TokenSet): Promise<boolean> => (await cloud.get('sleep', {}, accessToken)).status === 200;

    it('bring Oura’s answer to the disk after a kill in the middle of the request', async () => {
      const holder = startHolder();
      await gateway.untilReceived(1);
      holder.kill('SIGKILL');
      await once(holder, 'exit');
      letThrough();
      assert.equal(await works(await saved()), true);
    });

    it('are not ended by a polite request either', async () => {
      const holder = startHolder();
      await gateway.untilReceived(1);
      const note = new FolderFiles(folder('oura')).names().find((name) => name.includes('renewing')) ?? '';
      const { pid } = JSON.parse(readFileSync(folder(`oura/${note}`), 'utf8')) as { pid: number }; // as RenewalNotes writes it
      assert.notEqual(pid, holder.pid);
      for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.kill(pid, signal);
      holder.kill('SIGTERM');
      await once(holder, 'exit');
      letThrough();
      assert.equal(await works(await saved()), true);
    });

    it('are not begun when the order did not arrive whole', async () => {
      const half = JSON.stringify({ now: 1, place: place(), task: { request: 'renew', accountId: 'a', application, held: first } }).slice(
        0,
        -9,
      );
      const child = spawn(process.execPath, [PROGRAM], { stdio: ['pipe', 'pipe', 'pipe'] });
      child.stdin.end(half);
      const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
      assert.deepEqual([(JSON.parse(out) as TokenAnswer).error?.code, err], ['unexpected', '']); // what it answers with
      assert.doesNotMatch(out, /sentinel|secret/);
      assert.equal(gateway.requests.length, 0);
      assert.deepEqual(store.load('a')?.tokens, first);
    });
  });
});
