import { splitSpan, type Span } from '../api/split-span';
import { nextTurn } from '../async/next-turn';
import { LIMITS } from '../catalogue/limits';
import type { PersonStore } from '../ports/person-store';
import type { FetchRun } from './fetch-run';
import { HoleBook } from './hole-book';
import { addDays, later, localDay, startOfDay } from './local-day';
import { longestGap } from './longest-gap';
import { newestRows } from './newest-rows';
import type { RangedFetch } from './plan';
import { seriesHoles } from './series-holes';

/**
 * Compares a series cheaply. Where its days include today its newest rows are read as by a poll, from as far back as they fill one page;
 * before that only the holes in what is stored are, because rows that came late left some. Without either nothing is asked.
 * @throws OuraError what the client throws; the signal's reason
 */
export async function reconcileSeries(run: FetchRun, fetch: RangedFetch, signal: AbortSignal): Promise<void> {
  const { client, keeper, clock, zone } = run.ports;
  const { endpoint } = fetch;
  const now = clock.now();
  const read = (span: Span): Promise<boolean> =>
    run.read((reading) => client.rowsSince(endpoint, span.fromMs, span.toMs, { purpose: 'fresh' }, reading), signal);
  const within = spanOf(run, fetch);
  const times = within === null ? [] : await timesOf(keeper.current, endpoint, within);
  let end = Infinity;
  if (fetch.to >= localDay(now, zone) && run.family.newestAt !== null) {
    const { fromMs, toMs } = newestRows(fetch.from, run.family.newestAt, zone, now);
    end = Math.min(fromMs, times.at(-LIMITS.seriesPageRows) ?? within?.fromMs ?? fromMs);
    await read({ fromMs: end, toMs });
  }
  if (within === null) return;
  const longestMs = longestGap(times);
  const holes = seriesHoles(times, within, longestMs).filter(({ fromMs }) => fromMs < end);
  const book = new HoleBook(keeper, endpoint);
  for (const span of book.due(holes, { ...within, toMs: Math.min(within.toMs, end) })) {
    const before = run.tally.rows;
    await read(span);
    const left = seriesHoles(await timesOf(keeper.current, endpoint, span), span, longestMs);
    book.note(span, left, run.tally.rows > before, now);
  }
}

/** From the first day that is meant, loaded and kept to the newest row; null = nothing lies there. */
function spanOf({ family, ports }: FetchRun, { endpoint, from, to }: RangedFetch): Span | null {
  const { keeper, keepFrom, zone } = ports;
  const newest = keeper.current.series.newest(endpoint);
  if (newest === null) return null;
  const fromMs = Math.max(startOfDay(later(from, family.reached ?? from), zone), Date.parse(keepFrom));
  const toMs = Math.min(newest.time, startOfDay(addDays(to, 1), zone));
  return fromMs < toMs ? { fromMs, toMs } : null;
}

/** Instants of the stored rows, read in pieces short enough for the event loop. */
async function timesOf({ series }: PersonStore, endpoint: string, span: Span): Promise<readonly number[]> {
  const times: number[] = [];
  for (const { fromMs, toMs } of splitSpan(span, 1)) {
    for (const { time } of series.range(endpoint, fromMs, toMs)) times.push(time);
    await nextTurn();
  }
  return times;
}
