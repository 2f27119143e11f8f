import { ENDPOINT_KEYS, endpointOf, isEndpointKey, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import { addDays, later } from './local-day';
import type { PersonEngine } from './person-engine';
import type { RangedFetch } from './plan';
import type { FetchOutcome } from './run-fetch';

/**
 * What to read again. Without days: what a poll would read. With days, which are inclusive, the local copy is compared with the answer:
 * documents that Oura has deleted are deleted here too.
 */
export interface RefreshRequest {
  /** Empty = every family that is fetched. */
  readonly families: readonly string[];
  readonly range: { readonly from: string; readonly to: string } | 'recent' | 'all';
}

/** What one family brought, or why it brought nothing. */
export type FamilyResult = Pick<FetchOutcome, 'created' | 'updated' | 'deleted' | 'rows'> & { readonly error: string | null };

export interface RefreshResult {
  readonly from: string;
  readonly to: string;
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly rows: number;
  readonly failed: number;
  readonly families: Readonly<Partial<Record<EndpointKey, FamilyResult>>>;
}

/**
 * Reads families now, whatever the plan says. One that fails does not keep the others from being read.
 * @param onProgress hears the share of families done, 0..1
 * @throws OuraError family_unknown, family_disabled; the signal's reason
 */
export async function refresh(
  engine: PersonEngine,
  request: RefreshRequest,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<RefreshResult> {
  const families = familiesOf(engine, request.families);
  const { from, to } = daysOf(engine, request);
  const kind = request.range === 'recent' ? { kind: 'recent' as const } : { kind: 'reconcile' as const, whole: true };
  let done = 0;
  const results = await Promise.all(
    families.map(async (endpoint) => {
      const result = await readFamily(engine, { ...kind, endpoint, from, to }, signal);
      done += 1;
      onProgress(done / families.length);
      return [endpoint, result] as const;
    }),
  );
  signal.throwIfAborted();
  return { from, to, ...sumOf(results.map(([, result]) => result)), families: Object.fromEntries(results) };
}

function familiesOf(engine: PersonEngine, wanted: readonly string[]): readonly EndpointKey[] {
  if (wanted.length === 0) return ENDPOINT_KEYS.filter((endpoint) => engine.family(endpoint).enabled);
  return wanted.map((family) => {
    if (!isEndpointKey(family)) throw new OuraError('family_unknown', { family });
    if (!engine.family(family).enabled) throw new OuraError('family_disabled', { family });
    return family;
  });
}

function daysOf(engine: PersonEngine, { range }: RefreshRequest): { readonly from: string; readonly to: string } {
  const tomorrow = addDays(engine.today, 1);
  if (range === 'recent') return { from: addDays(engine.today, -LIMITS.pollBackDays), to: tomorrow };
  if (range === 'all') return { from: engine.historyFrom, to: tomorrow };
  return { from: later(range.from, LIMITS.firstDay), to: range.to };
}

async function readFamily(engine: PersonEngine, fetch: RangedFetch, signal: AbortSignal): Promise<FamilyResult> {
  try {
    const possible = endpointOf(fetch.endpoint).window.params === 'none' ? { ...fetch, kind: 'recent' as const } : fetch;
    const { created, updated, deleted, rows } = await engine.fetchNow(possible, signal);
    return { created, updated, deleted, rows, error: null };
  } catch (cause) {
    signal.throwIfAborted();
    if (!(cause instanceof OuraError)) throw cause; // the engine has stopped
    return { created: 0, updated: 0, deleted: 0, rows: 0, error: cause.code };
  }
}

function sumOf(results: readonly FamilyResult[]): Omit<RefreshResult, 'from' | 'to' | 'families'> {
  const sum = (key: 'created' | 'updated' | 'deleted' | 'rows'): number => results.reduce((total, result) => total + result[key], 0);
  const failed = results.filter(({ error }) => error !== null).length;
  return { created: sum('created'), updated: sum('updated'), deleted: sum('deleted'), rows: sum('rows'), failed };
}
