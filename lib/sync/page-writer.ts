import { nextTurn } from '../async/next-turn';
import { endpointOf, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { Body, ChangeContext } from '../ports/documents';
import type { IncomingRow } from '../ports/series';
import { IsoReader } from '../store/iso-reader';
import { identifyDocuments, matchByOf } from './identify-documents';
import { LastInstant } from './last-instant';
import { later, localDay, startOfDay } from './local-day';
import type { FetchOutcome, FetchPorts } from './run-fetch';

/** What a fetch has brought so far. */
export type Tally = { -readonly [key in keyof FetchOutcome]: FetchOutcome[key] };

interface WriterPorts extends Pick<FetchPorts, 'keeper' | 'zone' | 'keepFrom'> {
  /** First local day meant; null = all. */
  readonly from: string | null;
}

/** Writes the pages of one fetch in transactions short enough for the event loop, and counts what was new. */
export class PageWriter {
  readonly #endpoint: EndpointKey;
  readonly #context: ChangeContext;
  readonly #ports: WriterPorts;
  readonly #tally: Tally;
  readonly #lastInstant = new LastInstant();
  readonly #iso = new IsoReader();

  constructor(endpoint: EndpointKey, context: ChangeContext, ports: WriterPorts, tally: Tally) {
    this.#endpoint = endpoint;
    this.#context = context;
    this.#ports = ports;
    this.#tally = tally;
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
    const first = later(this.#ports.keepFrom, this.#ports.from ?? '');
    const documents = identifyDocuments(endpoint, bodies).filter(({ day }) => day === null || day >= first);
    for (let from = 0; from < documents.length; from += LIMITS.documentsPerTransaction) {
      signal.throwIfAborted();
      const part = documents.slice(from, from + LIMITS.documentsPerTransaction);
      const changes = this.#ports.keeper.write((store) => store.documents.upsert(endpoint, matchByOf(endpoint), part, this.#context));
      for (const { kind } of changes) this.#tally[kind] += 1;
      for (const { day } of part) if (day !== null && day > (this.#tally.newestDay ?? '')) this.#tally.newestDay = day;
      await nextTurn();
    }
  }

  async #writeRows(rows: readonly IncomingRow[], signal: AbortSignal): Promise<void> {
    for (let from = 0; from < rows.length;) {
      signal.throwIfAborted();
      let end = Math.min(from + LIMITS.rowsPerTransaction, rows.length);
      while (end < rows.length && rows[end]?.time === rows[end - 1]?.time) end += 1;
      const part = rows.slice(from, end);
      const appended = this.#ports.keeper.write((store) => store.series.append(this.#endpoint, part, this.#context));
      this.#tally.rows += appended?.rows ?? 0;
      this.#noteNewest(part);
      from = end;
      await nextTurn();
    }
  }

  #rowsOf(bodies: readonly Body[]): readonly IncomingRow[] {
    const { keepFrom, from, zone } = this.#ports;
    const first = Math.max(Date.parse(keepFrom), from === null ? -Infinity : startOfDay(from, zone));
    const rows = bodies.map((body) => ({ time: this.#iso.parse(String(body['timestamp'])), body }));
    return rows.filter(({ time }) => time >= first);
  }

  #noteNewest(rows: readonly IncomingRow[]): void {
    const newest = rows.reduce((latest, { time }) => Math.max(latest, time), this.#tally.newestAt ?? -Infinity);
    if (!Number.isFinite(newest) || newest === this.#tally.newestAt) return;
    this.#tally.newestAt = newest;
    this.#tally.newestDay = localDay(newest, this.#ports.zone);
  }
}
