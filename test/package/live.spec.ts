import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { packedPackage, type PackedPackage } from '../support/packed-package';
import { RealNodeRed, ROOT } from '../support/real-node-red';

const NOW = '2026-03-15T18:00:00Z';

interface Program {
  readonly url: string;
  readonly controlUrl: string;
  readonly tokens: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly payload: { readonly id: string; readonly day: string; readonly score: number | null }[];
  readonly oura: { readonly reason?: string; readonly coverage: { readonly from: string | null; readonly complete: boolean } };
}

/** A flow that answers over HTTP: `/ask?start=…&end=…` a range of daily sleep, `/told` the changes told so far, `/refresh` reads again. */
function flowOf(apiBase: string): readonly object[] {
  const place = { z: 'tab', x: 100, y: 100 }; // a node without a place would be taken for a config node
  return [
    { id: place.z, type: 'tab', label: 'live' },
    {
      id: 'account',
      type: 'oura-account',
      name: 'Ann',
      slug: 'ann',
      mode: 'token',
      apiBase,
      historyDays: 400,
      credentials: { accessToken: 'live-token' },
    },
    { id: 'in', type: 'http in', ...place, url: '/ask', method: 'get', wires: [['q']] },
    {
      id: 'q',
      type: 'function',
      ...place,
      func: 'msg.oura = { start: msg.req.query.start, end: msg.req.query.end }; return msg;',
      outputs: 1,
      wires: [['sleep']],
    },
    { id: 'sleep', type: 'oura-daily-sleep', ...place, account: 'account', output: 'query', select: 'range', wires: [['a']] },
    {
      id: 'a',
      type: 'function',
      ...place,
      func: 'msg.payload = { payload: msg.payload, oura: msg.oura }; return msg;',
      outputs: 1,
      wires: [['out']],
    },
    { id: 'out', type: 'http response', ...place, wires: [] },
    { id: 'changes', type: 'oura-daily-sleep', ...place, account: 'account', output: 'changes', wires: [['keep']] },
    {
      id: 'keep',
      type: 'function',
      ...place,
      func: "flow.set('told', [...(flow.get('told') || []), msg.oura.change + ' ' + msg.payload.day + ' ' + msg.payload.score]);",
      outputs: 0,
      wires: [],
    },
    { id: 'in2', type: 'http in', ...place, url: '/told', method: 'get', wires: [['t']] },
    { id: 't', type: 'function', ...place, func: "msg.payload = flow.get('told') || []; return msg;", outputs: 1, wires: [['out']] },
    { id: 'in3', type: 'http in', ...place, url: '/refresh', method: 'get', wires: [['r']] },
    {
      id: 'r',
      type: 'oura-refresh',
      ...place,
      account: 'account',
      range: 'days',
      start: '2026-03-01',
      end: '2026-03-15',
      wires: [['out']],
    },
  ];
}

describe('live data from the stand-in, running as its own program', function () {
  this.timeout(180_000);
  let packed: PackedPackage;
  let program: ChildProcess;
  let cloud: Program;
  let nodeRed: RealNodeRed;

  const control = async (name: string, body: object): Promise<unknown> => {
    const answer = await fetch(`${cloud.controlUrl}/${name}`, { method: 'POST', body: JSON.stringify(body) });
    assert.equal(answer.status, 200, name);
    return ((await answer.json()) as { result: unknown }).result;
  };
  const get = async (route: string): Promise<unknown> => (await fetch(nodeRed.url + route)).json();
  const ask = async (start: string, end: string): Promise<Answer> => (await get(`/ask?start=${start}&end=${end}`)) as Answer;

  before(async () => {
    packed = packedPackage();
    const args = [path.join(ROOT, 'dist/simulator.js'), '--seed', 'live', '--zone', 'UTC', '--first-day', '2025-01-01', '--now', NOW];
    program = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    cloud = await new Promise<Program>((resolve) => {
      program.stdout?.once('data', (chunk: Buffer) => {
        resolve(JSON.parse(chunk.toString()) as Program); // its first line, as documented
      });
    });
    const [personId] = (await control('persons', {})) as string[];
    await control('add_token', { token: 'live-token', personId });
    nodeRed = await RealNodeRed.start('node-red');
    await packed.install(nodeRed);
  });
  after(async () => {
    await nodeRed.clear();
    program.kill();
    packed.clear();
  });

  it('is asked, stored, and answered day by day while the past is still being loaded', async () => {
    await nodeRed.deploy(flowOf(cloud.url));
    const recent = await nodeRed.until('the newest days', async () => {
      const answer = await ask('-300', 'today');
      return answer.payload.length > 0 && answer;
    });
    assert.ok(recent.payload.every(({ id, day }) => id !== '' && /^\d{4}-\d\d-\d\d$/.test(day)));
  });

  it('survives kill -9 in the middle of the backfill: nothing lost, nothing doubled', async () => {
    await nodeRed.end('SIGKILL');
    const { userDir } = nodeRed;
    nodeRed = await RealNodeRed.start('node-red', { userDir });
    const all = await nodeRed.until('everything', async () => {
      const answer = await ask('2025-11-01', '2026-03-15').catch(() => null);
      return answer !== null && answer.oura.coverage.complete && answer;
    });
    const days = all.payload.map(({ day }) => day);
    assert.deepEqual(days, [...new Set(days)].toSorted());
    assert.ok(days.length > 100);
    const [file] = readdirSync(path.join(userDir, 'oura')).filter((name) => name.endsWith('.sqlite'));
    const database = new DatabaseSync(path.join(userDir, 'oura', file ?? ''), { readOnly: true });
    assert.deepEqual({ ...database.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
    database.close();
  });

  it('tells an amended day once, as an update', async () => {
    const [before] = (await ask('2026-03-10', '2026-03-10')).payload;
    await control('put', { endpoint: 'daily_sleep', body: { ...before, score: 1 } });
    const refreshed = (await get('/refresh')) as { updated: number; families: Record<string, unknown> };
    assert.equal(refreshed.updated, 1, JSON.stringify(refreshed));
    const told = await nodeRed.until('the change', async () => {
      const list = (await get('/told')) as string[];
      return list.length > 0 && list;
    });
    assert.deepEqual(told, ['updated 2026-03-10 1']);
  });

  it('LESSON: an outage of the API leaves the last good values in place', async () => {
    await control('fail', { status: 500 });
    const result = (await get('/refresh')) as { failed: number };
    assert.ok(result.failed > 0);
    const kept = await ask('2026-03-10', '2026-03-10');
    assert.equal(kept.payload[0]?.score, 1);
    assert.ok(nodeRed.running);
  });

  it('writes no token to disk outside the credentials, and no health value to the log', () => {
    const log = nodeRed.log.join('\n');
    assert.ok(!log.includes('live-token'));
    const settings = readdirSync(path.join(nodeRed.userDir, 'oura')).filter((name) => name.endsWith('.json'));
    for (const name of settings) assert.ok(!readFileSync(path.join(nodeRed.userDir, 'oura', name), 'utf8').includes('live-token'));
    assert.ok(!/unhandled/i.test(log));
  });
});
