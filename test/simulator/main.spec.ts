import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(__dirname, '..', '..');
const PROGRAM = join(ROOT, 'lib', 'simulator', 'main.ts');

interface Announcement {
  readonly url: string;
  readonly controlUrl: string;
  readonly tokens: readonly string[];
  readonly persons: readonly string[];
  readonly clients: readonly { readonly clientId: string }[];
}

describe('the simulator as a program', () => {
  let child: ChildProcess;
  const run = (...args: readonly string[]): ChildProcess =>
    spawn(process.execPath, ['--require', 'tsx/cjs', PROGRAM, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const announced = async (): Promise<Announcement> => {
    if (child.stdout === null) throw new Error('no output');
    for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as Announcement;
    throw new Error('ended without a word');
  };
  afterEach(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });

  it('says in one line where it is, serves each seed under its token, obeys its control, and ends on SIGTERM', async () => {
    child = run(
      '--seed',
      'one',
      '--seed',
      'a b',
      '--now',
      '2026-11-24T08:00:00Z',
      '--first-day',
      '2026-06-01',
      '--zone',
      'Asia/Tokyo',
      '--page-size',
      '2',
    );
    const { url, controlUrl, tokens, persons, clients } = await announced();
    assert.deepEqual(tokens, ['demo-one', 'demo-a-b']);
    assert.equal(persons.length, 2);
    assert.deepEqual(
      clients.map(({ clientId }) => clientId),
      ['legacy-app', 'new-app'],
    );
    const read = async (token: string, path: string): Promise<unknown> =>
      (await fetch(`${url}/v2/usercollection/${path}`, { headers: { authorization: `Bearer ${token}` } })).json();
    assert.equal(((await read('demo-a-b', 'personal_info')) as { id: string }).id, persons[1]);
    const page = (await read('demo-one', 'daily_sleep?start_date=2026-06-01&end_date=2026-11-24')) as {
      data: readonly { timestamp: string }[];
    };
    assert.equal(page.data.length, 2);
    const moved = (await (await fetch(`${controlUrl}/next_morning`, { method: 'POST' })).json()) as { result: number };
    assert.ok(moved.result > Date.parse('2026-11-24T08:00:00Z'));
    child.kill('SIGTERM');
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    assert.deepEqual([code, signal], [0, null]);
  });

  for (const args of [
    ['--now', 'yesterday'],
    ['--port', 'x'],
    ['--zone', 'Nowhere/Land'],
    ['--colour', 'red'],
  ])
    it(`ends with a message on ${args.join(' ')}`, async () => {
      child = run(...args);
      const chunks: Buffer[] = [];
      child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
      const [code] = (await once(child, 'close')) as [number];
      assert.equal(code, 1);
      assert.notEqual(Buffer.concat(chunks).toString(), '');
    });
});
