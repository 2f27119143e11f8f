import { nextTurn } from '../async/next-turn';
import { endpointOf, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { Body, ChangeContext, IncomingDocument } from '../ports/documents';
import type { IncomingRow } from '../ports/series';
import { IsoReader } from '../store/iso-reader';
import { identifyDocuments, matchByOf } from './identify-documents';
import { LastInstant } from './last-instant';
import { later, localDay, startOfDay } from './local-day';
import type { FetchOutcome, FetchPorts } from './run-fetch';
import { HINTS } from './telltale';

/** Lies before every day that is loaded. */
const MIN_DAY = '0000-01-01';

/** What a fetch has brought so far. */
export type Tally = { -readonly [key in keyof FetchOutcome]: FetchOutcome[key] };

interface WriterPorts extends Pick<FetchPorts, 'keeper' | 'zone' | 'keepFrom'> {
  /** First local day meant; null = all. What is stored already is kept up to date wherever it lies. */
  readonly from: string | null;
  /** What lies before this day is history, whatever the context says; null = the context holds for all. */
  readonly historicBefore: string | null;
}

/** Writes the pages of one fetch in transactions short enough for the event loop, and counts what was new. */
export class PageWriter {
  readonly #endpoint: EndpointKey;
  readonly #context: ChangeContext;
  readonly #ports: WriterPorts;
  readonly #tally: Tally;
  readonly #lastInstant = new LastInstant();
  readonly #answered = new Set<string>();
  readonly #iso = new IsoReader();

  constructor(endpoint: EndpointKey, context: ChangeContext, ports: WriterPorts, tally: Tally) {
    this.#endpoint = endpoint;
    this.#context = context;
    this.#ports = ports;
    this.#tally = tally;
  }

  /** Ids of all documents that came, also of those that were not meant. */
  get answered(): ReadonlySet<string> {
    return this.#answered;
  }

  /** The context for what belongs to a local day. */
  contextOf(day: string | null): ChangeContext {
    const { historicBefore } = this.#ports;
    return historicBefore === null || day === null ? this.#context : { ...this.#context, historic: day < historicBefore };
  }

  /** @throws the signal's reason; what was written until then stays */
  async write(bodies: readonly Body[], signal: AbortSignal): Promise<void> {
    if (endpointOf(this.#endpoint).kind === 'series') await this.#writeRows(this.#lastInstant.take(this.#rowsOf(bodies)), signal);
    else await this.#writeDocuments(bodies, signal);
  }

  /** Writes what had to wait for a next page. */
  async finish(signal: AbortSignal): Promise<void> {
    await this.#writeRows(this.#lastInstant.rest(), signal);
  }

  async #writeDocuments(bodies: readonly Body[], signal: AbortSignal): Promise<void> {
    const endpoint = this.#endpoint;
    const documents = identifyDocuments(endpoint, bodies);
    for (const { id } of documents) this.#answered.add(id);
    const meant = documents.filter((document) => this.#isMeant(document));
    const [before, after] = partition(meant, ({ day }) => this.contextOf(day).historic);
    for (const list of [before, after]) {
      for (let from = 0; from < list.length; from += LIMITS.documentsPerTransaction) {
        signal.throwIfAborted();
        this.#upsert(list.slice(from, from + LIMITS.documentsPerTransaction));
        await nextTurn();
      }
    }
  }

  #isMeant({ id, day }: IncomingDocument): boolean {
    const { keepFrom, from, keeper } = this.#ports;
    return day === null || day >= later(keepFrom, from ?? '') || keeper.current.documents.find(this.#endpoint, id) !== null;
  }

  /** @param part of one context */
  #upsert(part: readonly IncomingDocument[]): void {
    const endpoint = this.#endpoint;
    const context = this.contextOf(part[0]?.day ?? null);
    const changes = this.#ports.keeper.write((store) => store.documents.upsert(endpoint, matchByOf(endpoint), part, context));
    for (const { kind, day } of changes) {
      this.#tally[kind] += 1;
      if (kind !== 'deleted' && day !== null && day > (this.#tally.changedDay ?? '')) this.#tally.changedDay = day;
    }
    for (const { day } of part) if (day !== null && day > (this.#tally.newestDay ?? '')) this.#tally.newestDay = day;
  }

  async #writeRows(rows: readonly IncomingRow[], signal: AbortSignal): Promise<void> {
    const { historicBefore, zone } = this.#ports;
    const [before, after] = historicBefore === null ? [[], rows] : partition(rows, isBefore(startOfDay(historicBefore, zone)));
    for (const [list, day] of [
      [before, MIN_DAY],
      [after, historicBefore],
    ] as const) {
      for (let from = 0; from < list.length;) {
        signal.throwIfAborted();
        let end = Math.min(from + LIMITS.rowsPerTransaction, list.length);
        while (end < list.length && list[end]?.time === list[end - 1]?.time) end += 1;
        this.#append(list.slice(from, end), this.contextOf(day));
        from = end;
        await nextTurn();
      }
    }
  }

  #append(part: readonly IncomingRow[], context: ChangeContext): void {
    const appended = this.#ports.keeper.write((store) => store.series.append(this.#endpoint, part, context));
    this.#tally.rows += appended?.rows ?? 0;
    this.#noteHints(part);
    this.#noteNewest(part);
  }

  #rowsOf(bodies: readonly Body[]): readonly IncomingRow[] {
    const { keepFrom, from, zone } = this.#ports;
    const first = Math.max(Date.parse(keepFrom), from === null ? -Infinity : startOfDay(from, zone));
    const rows = bodies.map((body) => ({ time: this.#iso.parse(String(body['timestamp'])), body }));
    return rows.filter(({ time }) => time >= first);
  }

  /** Rows newer than any before may be from a workout or a session. */
  #noteHints(rows: readonly IncomingRow[]): void {
    const known = this.#tally.newestAt ?? Infinity;
    for (const { time, body } of rows) {
      const hinted = HINTS[String(body['source'])];
      if (time > known && hinted !== undefined && !this.#tally.hints.includes(hinted)) this.#tally.hints = [...this.#tally.hints, hinted];
    }
  }

  #noteNewest(rows: readonly IncomingRow[]): void {
    const newest = rows.reduce((latest, { time }) => Math.max(latest, time), this.#tally.newestAt ?? -Infinity);
    if (!Number.isFinite(newest) || newest === this.#tally.newestAt) return;
    this.#tally.newestAt = newest;
    this.#tally.newestDay = localDay(newest, this.#ports.zone);
  }
}

function isBefore(instant: number): (row: IncomingRow) => boolean {
  return ({ time }) => time < instant;
}

/** Those that something holds for, and the others, each in their order. */
function partition<T>(items: readonly T[], holds: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(holds), items.filter((item) => !holds(item))];
}
