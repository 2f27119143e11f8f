import type { EndpointKey } from '../catalogue/endpoints';
import { metricOf } from '../catalogue/metrics';
import type { OuraError } from '../errors/oura-error';
import { toOuraError } from '../errors/to-oura-error';
import { addDays, earlier } from '../sync/local-day';
import { changedDays, type ChangedDay } from './changed-days';
import { ImportJob, type Job, type JobPorts, type Wanted } from './import-job';
import { STATISTIC_FAMILIES } from './statistic-keys';
import type { StatisticReport } from './statistic-report';
import type { Imported } from './statistics-ledger';

/** What is asked of one run beyond what has changed. */
export interface RunOptions {
  /** Days before it are not wanted; empty = all are. */
  readonly start: string;
  /** Days to compare with Home Assistant whether or not they changed; null = none. */
  readonly again: { readonly from: string; readonly to: string } | null;
}

export interface RunResult {
  readonly statistics: readonly StatisticReport[];
  /** What failed; the others were brought up to date all the same. */
  readonly errors: readonly OuraError[];
}

const KINDS = ['mean', 'sum'] as const;
/** Errors that every other statistic would meet too. */
const COMMON: readonly string[] = ['home_away', 'home_not_admin', 'home_sign_in'];

/**
 * Brings all wanted statistics of a person up to date, family by family: those never imported whole, the others from the first day that
 * changed since. The node's cursor in the change log moves on when all of it is done; what was done before a stop is not done again.
 */
export async function importRun(ports: JobPorts, wanted: readonly Wanted[], options: RunOptions, signal: AbortSignal): Promise<RunResult> {
  const { source, owner } = ports;
  const head = source.store.changes.head();
  const cursor = cursorOf(ports, head);
  await doubtLost(ports, signal);
  const changed = await changedDays(source.store.changes, cursor, signal);
  const statistics: StatisticReport[] = [];
  const errors: OuraError[] = [];
  for (const endpoint of STATISTIC_FAMILIES) {
    for (const job of jobsOf(ports, { endpoint, wanted, options, changed: changed.get(endpoint) ?? [], seq: head, cursor })) {
      try {
        statistics.push(...(await new ImportJob(ports, job).run(signal)));
      } catch (cause) {
        signal.throwIfAborted();
        const error = toOuraError(cause);
        if (COMMON.includes(error.code)) throw error;
        errors.push(error);
        statistics.push(...job.wanted.map((one) => failed(ports, one, error)));
      }
    }
  }
  if (errors.length === 0 && options.again === null)
    source.write((store) => {
      store.changes.advance(owner, head, source.now());
    });
  return { statistics, errors };
}

/** Where this node's reading of the change log stands. One never seen, or forgotten, has to compare everything. */
function cursorOf({ source, ledger, owner, home }: JobPorts, head: number): number {
  const cursor = source.store.changes.cursor(owner);
  if (cursor !== null) return cursor;
  const made = Object.entries(ledger.madeBy(owner, home)).map(([id, entry]) => [id, { ...entry, seq: null }] as const);
  ledger.save(owner, home, Object.fromEntries(made));
  source.write((store) => {
    store.changes.advance(owner, head, source.now());
  });
  return head;
}

/** Statistics that Home Assistant does not have any more (another database, or somebody cleared them) have to come again. */
async function doubtLost({ rows, ledger, owner, home }: JobPorts, signal: AbortSignal): Promise<void> {
  for (const [id, entry] of Object.entries(ledger.madeBy(owner, home)))
    if (entry.seq !== null && entry.first !== null && !(await rows.has(id, signal)))
      ledger.save(owner, home, { [id]: { ...entry, seq: null } });
}

interface FamilyWork {
  readonly endpoint: EndpointKey;
  readonly wanted: readonly Wanted[];
  readonly options: RunOptions;
  readonly changed: readonly ChangedDay[];
  readonly seq: number;
  readonly cursor: number;
}

/** One job for what was never imported, and one for what only has to follow; sums apart from means. */
function jobsOf(ports: JobPorts, { endpoint, wanted, options: { start, again }, changed, seq, cursor }: FamilyWork): readonly Job[] {
  const made = ports.ledger.madeBy(ports.owner, ports.home);
  return KINDS.flatMap((kind) => {
    const ofKind = wanted.filter(({ key, statistic }) => metricOf(key).endpoint === endpoint && statistic.kind === kind);
    const known = ofKind.flatMap((one) => {
      const entry = made[one.statistic.id];
      return entry !== undefined && isUpToDate(entry, { zone: ports.hours.zone, start, name: one.statistic.name }) ? [{ one, entry }] : [];
    });
    const fresh = ofKind.filter((one) => known.every((other) => other.one !== one));
    const since = firstOf([
      again?.from ?? null,
      ...known.map(({ entry }) => (entry.through === null ? null : addDays(entry.through, 1))),
      ...changed.filter((change) => known.some(({ entry }) => change.seq > Math.max(entry.seq ?? 0, cursor))).map(({ day }) => day),
    ]);
    const common = { endpoint, kind, start, seq };
    return [
      { ...common, wanted: fresh, since: null, until: null },
      { ...common, wanted: known.map(({ one }) => one), since, until: again?.to ?? null },
    ].filter((job) => job.wanted.length > 0);
  });
}

function isUpToDate(entry: Imported, { zone, start, name }: Pick<Imported, 'zone' | 'start' | 'name'>): boolean {
  return entry.seq !== null && entry.zone === zone && entry.start === start && entry.name === name;
}

function firstOf(days: readonly (string | null)[]): string | null {
  return days.reduce((first, day) => (first === null ? day : day === null ? first : earlier(first, day)), null);
}

function failed({ ledger, owner, home }: JobPorts, { key, statistic: { id } }: Wanted, error: OuraError): StatisticReport {
  const entry = ledger.madeBy(owner, home)[id];
  return { metric: key, id, from: entry?.first ?? null, to: entry?.through ?? null, sent: 0, missing: error.code };
}
