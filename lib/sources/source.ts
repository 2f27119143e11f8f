import { endpointOf, type EndpointKey } from '../catalogue/endpoints';
import { unitsOf } from '../catalogue/units-of';
import { OuraError } from '../errors/oura-error';
import type { StoredDocument, Via } from '../ports/documents';
import type { AccountSession } from '../sync/account-session';
import { addDays } from '../sync/local-day';
import type { PersonHost } from '../sync/person-host';
import { answerQuery, emptyReason, type Answer, type AnswerContext } from './answer-query';
import { ChangeReader, type ReadChange } from './change-reader';
import { documentPayload } from './document-payload';
import { familyView } from './family-view';
import { messageAccount } from './message-account';
import { topicOf, type SourceMessage } from './source-message';
import { sourceQuery, type SourceDefaults } from './source-query';

export interface SourceOptions extends SourceDefaults {
  /** Durable name of the reader: the node's id. */
  readonly reader: string;
  readonly endpoint: EndpointKey;
  readonly output: 'changes' | 'query' | 'both';
  readonly history: boolean;
  readonly onStart: boolean;
}

export interface SourceOwner {
  readonly session: AccountSession;
  readonly slug: string;
}

/** What a source node does: tells changes of one family from the change log, and answers questions from the local copy. */
export class Source {
  readonly #owner: SourceOwner;
  readonly #options: SourceOptions;

  constructor(owner: SourceOwner, options: SourceOptions) {
    this.#owner = owner;
    this.#options = options;
  }

  /** Delivers changes from now on. @returns ends it */
  follow(deliver: (message: SourceMessage) => void): () => void {
    if (this.#options.output === 'query') return () => undefined;
    return this.#owner.session.withHost((host) => this.#followHost(host, deliver));
  }

  /**
   * Answers a message's question.
   * @throws OuraError select_invalid, date_invalid, range_invalid, id_missing
   */
  answer(oura: unknown): { readonly message: SourceMessage; readonly isList: boolean } {
    const { endpoint } = this.#options;
    const { host, connection } = this.#owner.session;
    const context = familyView(this.#owner.session, endpoint);
    const query = sourceQuery(this.#options, oura, context.today, addDays);
    const answer: Answer = host === null ? nothingOf(query.select === 'range') : answerQuery(query, host.keeper.current, context);
    const isEmpty = answer.payload === null || (Array.isArray(answer.payload) && answer.payload.length === 0);
    return {
      isList: answer.isList,
      message: this.#message(answer.payload, {
        change: 'current',
        historic: false,
        via: 'store',
        at: connection?.clock.now() ?? null,
        ...(isEmpty && { reason: reasonOf(context, query, endpoint) }),
        coverage: answer.coverage,
      }),
    };
  }

  #followHost(host: PersonHost, deliver: (message: SourceMessage) => void): () => void {
    const { reader: name, endpoint, history, onStart } = this.#options;
    const clock = this.#owner.session.connection?.clock;
    if (clock === undefined) throw new OuraError('unexpected', { reason: 'a person without a connection' });
    const reader = new ChangeReader(host.keeper, { reader: name, endpoint, history }, clock.now());
    const pull = (): void => {
      reader.pull(clock.now(), (change) => {
        deliver(this.#changeMessage(change));
      });
    };
    let owed = onStart && !this.#tellCurrent(host, deliver);
    pull();
    return host.events.add((event) => {
      if (event.type !== 'synced' || event.endpoint !== endpoint) return;
      pull();
      if (owed) owed = !this.#tellCurrent(host, deliver);
    });
  }

  /** @returns whether there was anything to tell */
  #tellCurrent(host: PersonHost, deliver: (message: SourceMessage) => void): boolean {
    const { endpoint } = this.#options;
    const { documents, series } = host.keeper.current;
    const isSeries = endpointOf(endpoint).kind === 'series';
    const document = isSeries ? null : documents.newest(endpoint);
    const row = isSeries ? series.newest(endpoint) : null;
    const payload = document === null ? (row === null ? null : [structuredClone(row.body)]) : documentPayload(document);
    if (payload === null) return false;
    deliver(this.#message(payload, { change: 'current', historic: false, via: 'store', at: seenAt(document, row) }));
    return true;
  }

  #changeMessage({ change, payload, previous }: ReadChange): SourceMessage {
    const { kind, historic, via, at } = change;
    return this.#message(payload, { change: kind, historic, via, at, ...(previous !== undefined && { previous }) });
  }

  #message(payload: unknown, facts: Facts): SourceMessage {
    const { endpoint } = this.#options;
    const { session, slug } = this.#owner;
    const { at, ...rest } = facts;
    return {
      topic: topicOf(slug, endpoint),
      payload,
      oura: {
        account: messageAccount(session, slug),
        endpoint,
        ...rest,
        seenAt: at === null ? null : new Date(at).toISOString(),
        units: unitsOf(endpoint),
      },
    };
  }
}

type Facts = Omit<SourceMessage['oura'], 'account' | 'endpoint' | 'seenAt' | 'units'> & { readonly via: Via; readonly at: number | null };

function nothingOf(isList: boolean): Answer {
  return { payload: isList ? [] : null, isList, coverage: { from: null, to: null, complete: false } };
}

function reasonOf(context: AnswerContext, query: ReturnType<typeof sourceQuery>, endpoint: EndpointKey): ReturnType<typeof emptyReason> {
  if (query.select === 'id' && endpointOf(endpoint).kind === 'series') return 'not_supported';
  return emptyReason(context);
}

function seenAt(document: StoredDocument | null, row: { readonly time: number } | null): number | null {
  return document?.changedAt ?? row?.time ?? null;
}
