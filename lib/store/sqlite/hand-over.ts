import type { Change } from '../../ports/change-log';
import type { StoredDocument } from '../../ports/documents';
import type { HandOver } from '../hand-over';
import { column } from './column';
import type { SqliteStore } from './store';
import type { Database } from './database';

const DAY_MS = 24 * 60 * 60 * 1000;
const PAGE = 1000;

/** Reads from the SQLite file what HandOver asks for. */
export function handOver(store: SqliteStore, database: Database, days: number): HandOver {
  const endpoints = database.prepare('SELECT name FROM endpoint ORDER BY id').all();
  const names = endpoints.map((row) => column.text(row, 'name'));
  const fromDay = dayOf(newestMs(store, names) - days * DAY_MS);
  const fromMs = Date.parse(fromDay);
  const isRecent = ({ day }: { readonly day: string | null }): boolean => day === null || day >= fromDay;
  const documents = names.flatMap((name) => recentDocuments(store, database, name, fromDay));
  return {
    head: store.changes.head(),
    documents,
    rows: names.flatMap((endpoint) => store.series.since(endpoint, fromMs).map((row) => ({ ...row, endpoint }))),
    changes: changesOf(store, isRecent),
    cursors: store.changes.cursors(),
    state: store.state.keys().map((key) => [key, store.state.load(key)]),
    setAside: names.flatMap((name) => store.setAside.list(name)),
    events: store.events.list(),
  };
}

/** Those without a day on their own: `range` leaves them out as soon as it has a bound. */
function recentDocuments(store: SqliteStore, database: Database, endpoint: string, fromDay: string): readonly StoredDocument[] {
  const timeless = database.prepare(
    'SELECT d.id FROM document AS d JOIN endpoint AS e ON e.id = d.endpoint WHERE e.name = ? AND d.day IS NULL',
  );
  const found = timeless.all(endpoint).map((row) => store.documents.find(endpoint, column.text(row, 'id')));
  return [...found.filter((document) => document !== null), ...store.documents.range(endpoint, fromDay, null)];
}

function changesOf(store: SqliteStore, isWanted: (change: Change) => boolean): readonly Change[] {
  const wanted: Change[] = [];
  let after = 0;
  let page = store.changes.read({ after, limit: PAGE });
  while (page.length > 0) {
    wanted.push(...page.filter(isWanted));
    after = page.at(-1)?.seq ?? after;
    page = store.changes.read({ after, limit: PAGE });
  }
  return wanted;
}

/** The newest instant of any document or row, epoch ms; documents count from the start of their day in UTC. */
function newestMs(store: SqliteStore, endpoints: readonly string[]): number {
  const times = endpoints.flatMap((endpoint) => {
    const day = store.documents.newest(endpoint)?.day ?? null;
    const row = store.series.newest(endpoint);
    return [...(day === null ? [] : [Date.parse(day)]), ...(row === null ? [] : [row.time])];
  });
  return Math.max(0, ...times.filter((time) => !Number.isNaN(time)));
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 'YYYY-MM-DD'.length);
}
