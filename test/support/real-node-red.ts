import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '../..');
const READY = /Started flows|Waiting for missing types/;
const PATIENCE_MS = 90_000;

export type NodeRedModule = 'node-red' | 'node-red-4';

/** A real Node-RED in a process and a user directory of its own. */
export class RealNodeRed {
  readonly url: string;
  readonly userDir: string;
  readonly log: string[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;

  private constructor(child: ChildProcess, url: string, userDir: string) {
    this.#child = child;
    this.url = url;
    this.userDir = userDir;
    const keep = (chunk: Buffer): void => {
      this.log.push(
        ...chunk
          .toString()
          .split('\n')
          .filter((line) => line !== ''),
      );
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    this.#ended = new Promise((resolve) => {
      child.on('exit', (code) => {
        resolve(code);
      });
    });
  }

  static async start(
    module: NodeRedModule,
    options: { userDir?: string; flows?: unknown; env?: NodeJS.ProcessEnv; settings?: object } = {},
  ): Promise<RealNodeRed> {
    const userDir = options.userDir ?? mkdtempSync(path.join(os.tmpdir(), `${module}-`));
    const settings = {
      uiHost: '127.0.0.1',
      flowFile: 'flows.json',
      credentialSecret: 'test',
      telemetry: { enabled: false },
      logging: { console: { level: 'debug' } },
      ...options.settings,
    };
    writeFileSync(path.join(userDir, 'settings.js'), `module.exports = ${JSON.stringify(settings)};`);
    if (options.flows !== undefined) writeFileSync(path.join(userDir, 'flows.json'), JSON.stringify(options.flows));
    const port = await freePort();
    const red = path.join(ROOT, 'node_modules', module, 'red.js');
    const args = [red, '--userDir', userDir, '--settings', path.join(userDir, 'settings.js'), '--port', String(port)];
    const child = spawn(process.execPath, args, { env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const nodeRed = new RealNodeRed(child, `http://127.0.0.1:${port}`, userDir);
    await nodeRed.until('Node-RED to start', () => nodeRed.log.some((line) => READY.test(line) || line.includes('Server now running')));
    await nodeRed.until('the port to listen', () =>
      fetch(nodeRed.url).then(
        () => true,
        () => false,
      ),
    );
    return nodeRed;
  }

  /** Calls the admin API. @throws when the status is not below 300 */
  async admin(method: string, route: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const isForm = body instanceof FormData;
    const answer = await fetch(this.url + route, {
      method,
      headers: { ...(isForm || body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.status >= 300) throw new Error(`${method} ${route}: ${answer.status} ${text.slice(0, 300)}`);
    return text === '' ? null : JSON.parse(text);
  }

  /** Replaces all flows. Resolves when they run. */
  async deploy(flows: readonly unknown[], type: 'full' | 'nodes' | 'flows' = 'full'): Promise<void> {
    const before = this.log.length;
    await this.admin('POST', '/flows', flows, { 'Node-RED-Deployment-Type': type });
    await this.until('the flows to start', () => this.log.slice(before).some((line) => /Started (modified )?(flows|nodes)/.test(line)));
  }

  async until<T>(
    what: string,
    probe: () => T | null | undefined | false | Promise<T | null | undefined | false>,
    patienceMs = PATIENCE_MS,
  ): Promise<T> {
    const end = performance.now() + patienceMs;
    for (;;) {
      const found = await probe();
      if (found !== null && found !== undefined && found !== false) return found;
      if (performance.now() > end || this.#child.exitCode !== null)
        throw new Error(`waited in vain for ${what}\n${this.log.slice(-25).join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Ends the process as `kill -9` does, or politely. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.running) this.#child.kill(signal);
    await this.#ended;
  }

  async clear(): Promise<void> {
    await this.end();
    rmSync(this.userDir, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
