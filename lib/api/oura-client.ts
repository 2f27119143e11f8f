import { type EndpointKey, endpointOf } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import type { Body } from '../ports/documents';
import type { AskOptions } from './ask-options';
import type { ClientPorts } from './client-ports';
import type { DayRange } from './day-range';
import { documentSegment } from './document-segment';
import { judge } from './judge';
import { newestOf } from './newest-of';
import type { Page } from './page';
import type { Answer } from './parse-answer';
import type { Query } from './query';
import { readEnvelope, readObject } from './read-envelope';
import { Requester } from './requester';
import { windowsOfRange } from './windows-of-range';
import { windowsOfSpan } from './windows-of-span';

/** What Oura tells of a person: as received, with an id for sure. */
type Person = Body & { readonly id: string };

/**
 * Oura's API v2 for one account. Documents come as received; those that a schema refuses are set aside. Every method can end in an
 * OuraError of the kinds `unreachable`, `tls_failed`, `timed_out`, `server_failed`, `body_not_json`, `body_unexpected`, `rate_limited`,
 * `budget_spent`, `circuit_open`, `not_authorised`, `token_missing`, `token_malformed`, `scope_missing`, `membership_lapsed`,
 * `request_refused`, `not_found`, or in the signal's reason.
 */
export class OuraClient {
  readonly #requester: Requester;
  readonly #sandbox: boolean;
  readonly #root: string;

  /** @throws OuraError `address_invalid` */
  constructor(ports: ClientPorts) {
    this.#requester = new Requester(ports);
    this.#sandbox = ports.sandbox ?? false;
    this.#root = this.#sandbox ? '/v2/sandbox/usercollection' : '/v2/usercollection';
  }

  /** Epoch ms of the next try after too many failures; null when requests pass. */
  get openUntil(): number | null {
    return this.#requester.openUntil;
  }

  /**
   * The documents of some local days, oldest window first, page by page, and some documents beyond (see windowsOfRange). Without a range
   * the API's own default window is read. A singleton comes as one page with one item.
   * @throws OuraError also `page_repeated` (after the pages got so far), `date_invalid`, `range_invalid`
   */
  async *pages(endpoint: EndpointKey, range: DayRange | null, options: AskOptions, signal: AbortSignal): AsyncGenerator<Page, void, void> {
    if (endpointOf(endpoint).kind === 'singleton')
      yield this.#singlePage(endpoint, await this.#ask(endpoint, null, {}, options, 0, signal));
    else yield* this.#windows(endpoint, windowsOfRange(endpointOf(endpoint), range), options, signal);
  }

  /**
   * The rows of a series with `fromMs` <= time < `toMs` (epoch ms), oldest window first. A row at `toMs` may come too and one at the seam
   * of two windows twice: whether the API includes the end is not known.
   */
  async *rowsSince(
    endpoint: EndpointKey,
    fromMs: number,
    toMs: number,
    options: AskOptions,
    signal: AbortSignal,
  ): AsyncGenerator<Page, void, void> {
    yield* this.#windows(endpoint, windowsOfSpan(endpointOf(endpoint).window, { fromMs, toMs }), options, signal);
  }

  /** The newest row of a series; also where the server ignores `latest` and sends all it has. */
  async latest(endpoint: EndpointKey, options: AskOptions, signal: AbortSignal): Promise<Body | null> {
    const row = endpointOf(endpoint);
    let newest: Body | null = null;
    for await (const { items, setAside } of this.#windows(endpoint, [{ latest: 'true' }], options, signal)) {
      newest = newestOf(row, newest === null ? items : [newest, ...items]);
      if (items.length + setAside.length === 1) break; // honoured: following its next_token would walk through everything
    }
    return newest;
  }

  /** Whether `document` would ask: there is such a route, and the id can be a part of an address. */
  asksFor(endpoint: EndpointKey, id: string): boolean {
    return endpointOf(endpoint).single && !this.#sandbox && documentSegment(id) !== null;
  }

  /**
   * One document by its id.
   * @throws OuraError also `not_found` without asking when the endpoint (or the sandbox) has no such route or the id cannot be one;
   *   `document_invalid`
   */
  async document(endpoint: EndpointKey, id: string, options: AskOptions, signal: AbortSignal): Promise<Body> {
    const { single, schema } = endpointOf(endpoint);
    const segment = documentSegment(id);
    const path = this.#shownPath(endpoint, true);
    if (!single || this.#sandbox || segment === null) throw new OuraError('not_found', { path });
    const { value } = await this.#ask(endpoint, segment, {}, options, 0, signal);
    const { items, setAside } = judge(schema, [readObject(value, path)]);
    const [document] = items;
    if (document === undefined) throw new OuraError('document_invalid', { endpoint, reason: setAside[0]?.reason ?? 'unknown' });
    return document;
  }

  /**
   * Who the token belongs to. Only `id` is insisted on, so that no other field keeps an account from working.
   * @throws OuraError also `not_found` without asking in the sandbox, which has no person
   */
  async personalInfo(options: AskOptions, signal: AbortSignal): Promise<Person> {
    const path = this.#shownPath('personal_info', false);
    if (this.#sandbox) throw new OuraError('not_found', { path });
    const { value } = await this.#ask('personal_info', null, {}, options, 0, signal);
    return withId(readObject(value, path), path);
  }

  async *#windows(
    endpoint: EndpointKey,
    windows: readonly Query[],
    options: AskOptions,
    signal: AbortSignal,
  ): AsyncGenerator<Page, void, void> {
    let index = 0;
    for (const window of windows) {
      for await (const page of this.#follow(endpoint, window, options, index, signal)) {
        yield page;
        index = page.index + 1;
      }
    }
  }

  /** All pages of one window. @param first number of its first page */
  async *#follow(
    endpoint: EndpointKey,
    window: Query,
    options: AskOptions,
    first: number,
    signal: AbortSignal,
  ): AsyncGenerator<Page, void, void> {
    const { schema } = endpointOf(endpoint);
    const path = this.#shownPath(endpoint, false);
    const partial = hasFields(endpoint, options);
    const query = partial ? { ...window, fields: (options.fields ?? []).join(',') } : window;
    const seen = new Set<string>();
    for (let index = first, token: string | null = null; index < first + LIMITS.pagesMax; index += 1) {
      const answer = await this.#ask(endpoint, null, token === null ? query : { ...query, next_token: token }, options, index, signal);
      const { data, nextToken } = readEnvelope(answer.value, path);
      yield { endpoint, ...judge(schema, data, partial), bytes: answer.bytes, index };
      if (nextToken === null) return;
      if (seen.has(nextToken)) break;
      seen.add(nextToken);
      token = nextToken;
    }
    throw new OuraError('page_repeated', { path });
  }

  #singlePage(endpoint: EndpointKey, { value, bytes }: Answer): Page {
    const path = this.#shownPath(endpoint, false);
    return { endpoint, ...judge(endpointOf(endpoint).schema, [withId(readObject(value, path), path)]), bytes, index: 0 };
  }

  async #ask(
    endpoint: EndpointKey,
    segment: string | null,
    query: Query,
    options: AskOptions,
    page: number,
    signal: AbortSignal,
  ): Promise<Answer> {
    signal.throwIfAborted();
    const collection = `${this.#root}/${endpointOf(endpoint).path}`;
    const path = segment === null ? collection : `${collection}/${segment}`;
    const shownPath = this.#shownPath(endpoint, segment !== null);
    return await this.#requester.ask({ endpoint, path, shownPath, query, purpose: options.purpose ?? 'fresh', page }, signal);
  }

  #shownPath(endpoint: EndpointKey, single: boolean): string {
    return `${this.#root}/${endpointOf(endpoint).path}${single ? '/{id}' : ''}`;
  }
}

/** Whether the answer holds chosen fields only. */
function hasFields(endpoint: EndpointKey, { fields = [] }: AskOptions): boolean {
  return endpointOf(endpoint).selectable && fields.length > 0;
}

/** @throws OuraError `body_unexpected` when there is no id: then it is not a person */
function withId(info: Body, path: string): Person {
  if (typeof info['id'] !== 'string' || info['id'] === '') throw new OuraError('body_unexpected', { path });
  return info as Person; // looked at just now
}
