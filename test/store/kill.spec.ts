import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buildSync } from 'esbuild';
import type { PersonStore } from '../../lib/ports/person-store';
import { openSqliteStore } from '../../lib/store/sqlite-store';
import { CLOCK } from './support/build';
import { temporaryFolder } from './support/temporary-folder';

const KILLS = 25;
const DOCUMENTS = 12; // per transaction, as in support/writer.ts
const ROWS = 25;

describe('a killed writer', () => {
  const path = temporaryFolder();

  it('loses nothing it had finished, leaves nothing half done, and its file goes on working', async function () {
    this.timeout(30_000);
    const program = path('writer.js');
    const entry = join(__dirname, 'support/writer.ts');
    buildSync({ entryPoints: [entry], outfile: program, bundle: true, platform: 'node', target: 'node22' });
    const file = path('person.sqlite');
    const chance = seeded(20260301);
    let acknowledged = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = acknowledged;
      acknowledged = await runAndKill(program, file, 1 + Math.floor(chance() * 60), chance() * 3);
      assert.ok(acknowledged > before, 'it went on where it was');
      assertSound(file, acknowledged);
    }
  });
});

/** Lets the program finish `steps` steps and kills it so many ms later, in the middle of whatever it does. @returns the last step told */
async function runAndKill(program: string, file: string, steps: number, laterMs: number): Promise<number> {
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  let isKilled = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
    if (isKilled || told.split('\n').length <= steps) return;
    isKilled = true;
    const at = performance.now() + laterMs;
    while (performance.now() < at); // the moment must not depend on this program's event loop
    child.kill('SIGKILL');
  });
  await once(child, 'close');
  return Number(told.split('\n').at(-2));
}

function assertSound(file: string, acknowledged: number): void {
  const database = new DatabaseSync(file);
  assert.deepEqual({ ...database.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
  database.close();
  const store = openSqliteStore(file, { clock: CLOCK });
  try {
    const step = Number(store.state.load('step'));
    assert.ok(step === acknowledged || step === acknowledged + 1, `step ${step} after ${acknowledged} was told`);
    const [documentStep] = assertWhole(store, step);
    assertLogAgrees(store, documentStep);
  } finally {
    store.close();
  }
}

/** Transactions are whole: all documents of one step, all rows of each step, and no step behind the one told. */
function assertWhole(store: PersonStore, step: number): readonly [documentStep: number] {
  const steps = new Set(store.documents.range('daily_sleep', null, null).map(({ body }) => Number(body['step'])));
  assert.equal(steps.size, 1, 'documents of one transaction');
  const [documentStep = 0] = steps;
  assert.ok(documentStep === step || documentStep === step + 1);
  assert.equal(store.stats().documents['daily_sleep'], DOCUMENTS);
  const rows = store.stats().rows['heartrate'] ?? 0;
  assert.ok(rows === step * ROWS || rows === (step + 1) * ROWS, `${rows} rows after step ${step}`);
  return [documentStep];
}

/** Each step's documents, then its rows, without a gap; the newest bodies of the log are the documents; the cursor is at an entry. */
function assertLogAgrees(store: PersonStore, documentStep: number): void {
  const perStep = DOCUMENTS + 1;
  const head = store.changes.head();
  const after = Math.max(0, (documentStep - 1) * perStep);
  const changes = store.changes.read({ after, limit: perStep + 1 });
  assert.equal(changes.at(-1)?.seq, head);
  assert.deepEqual(
    changes.map(({ seq }) => seq),
    Array.from({ length: head - after }, (_, index) => after + index + 1),
  );
  const documents = store.documents.range('daily_sleep', null, null).map(({ body }) => body);
  assert.deepEqual(
    changes.filter(({ id }) => id !== null).map(({ body }) => body),
    documents,
  );
  const rows = store.series.changedRows(head);
  assert.equal(rows.length, changes.length > DOCUMENTS ? ROWS : 0);
  const cursor = store.changes.cursor('reader') ?? 0;
  assert.ok(cursor === head || cursor === head - (head % perStep || perStep), `cursor ${cursor} of ${head}`);
}

/** mulberry32: numbers in [0, 1) that are the same in each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
