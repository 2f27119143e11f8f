import { writeSync } from 'node:fs';
import type { Body } from '../../../lib/ports/documents';
import { openSqliteStore } from '../../../lib/store/sqlite-store';
import { CLOCK, context } from './build';

/**
 * A program that writes without end and says each step on standard output as soon as it is done: documents, then rows, then a cursor and
 * the step itself. Run as `node writer.js <file>`; the first line is the step it goes on with.
 */
const STDOUT = 1;
const DOCUMENTS = 12;
const ROWS = 25;

const store = openSqliteStore(process.argv[2] ?? '', { clock: CLOCK });
const body = (step: number, index: number): Body => ({ step, index, filler: 'x'.repeat((step * 37 + index * 101) % 700) });

function write(step: number): void {
  const documents = Array.from({ length: DOCUMENTS }, (_, index) => {
    const day = `2026-02-${String(index + 1).padStart(2, '0')}`;
    return { id: `document ${index}`, provisional: false, day, start: null, end: null, body: body(step, index) };
  });
  store.documents.upsert('daily_sleep', 'day', documents, context({ at: step }));
  const rows = Array.from({ length: ROWS }, (_, index) => ({ time: step * 1000 + index, body: { step, index } }));
  store.series.append('heartrate', rows, context({ at: step }));
  store.changes.advance('reader', store.changes.head(), step);
  store.state.save('step', step);
  writeSync(STDOUT, `${step}\n`);
}

const last = store.state.load('step');
for (let step = typeof last === 'number' ? last + 1 : 1; ; step += 1) write(step);
