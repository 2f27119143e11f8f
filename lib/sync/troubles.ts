import type { Subscribers } from '../async/subscribers';
import type { EndpointKey } from '../catalogue/endpoints';
import { OuraError } from '../errors/oura-error';
import type { Logger } from '../ports/logger';
import type { EngineEvent } from './engine-events';
import { ProblemList, type Problem } from './problem-list';
import type { FetchOutcome } from './run-fetch';

const NO_ANSWER_CODES: readonly string[] = ['unreachable', 'timed_out', 'server_failed', 'body_not_json', 'circuit_open', 'tls_failed'];

/** Whether Oura did not answer at all, or with nothing of its own. */
export function isNoAnswer({ code }: OuraError): boolean {
  return NO_ANSWER_CODES.includes(code);
}

/** What stands in the way of an engine: told once when it begins, and when it is over. */
export class Troubles {
  readonly #problems = new ProblemList();
  readonly #events: Subscribers<EngineEvent>;
  readonly #logger: Logger;
  #offlineSince: number | null = null;

  constructor(events: Subscribers<EngineEvent>, logger: Logger) {
    this.#events = events;
    this.#logger = logger;
  }

  get list(): readonly Problem[] {
    return this.#problems.list();
  }

  /** Since when Oura has not answered, epoch ms; null = it does. */
  get offlineSince(): number | null {
    return this.#offlineSince;
  }

  /** A problem somebody else has logged. @returns whether it is new */
  note(error: OuraError): boolean {
    return this.#problems.add({ error, endpoint: null });
  }

  /** @param endpoint null = it concerns the account */
  begin(error: OuraError, endpoint: EndpointKey | null, now: number): void {
    if (isNoAnswer(error)) this.#offlineSince ??= now;
    if (!this.#problems.add({ error, endpoint })) return;
    const where = endpoint === null ? '' : ` (${endpoint})`;
    if (error.retry === 'after-user-action' && error.code !== 'scope_missing') this.#logger.error(error.message);
    else this.#logger.warn(`${error.message}${where}`);
    this.#events.tell({ type: 'problem', error, endpoint });
  }

  /** A family was read: what stood in its way is over, but for documents it could not use. */
  end(endpoint: EndpointKey, { setAside }: Pick<FetchOutcome, 'setAside'>): void {
    this.#offlineSince = null;
    for (const { error, endpoint: family } of [...this.#problems.clear(endpoint), ...this.#problems.clear(null)])
      this.#events.tell({ type: 'solved', code: error.code, endpoint: family });
    for (const reason of setAside)
      this.#events.tell({ type: 'problem', error: new OuraError('document_invalid', { endpoint, reason }), endpoint });
  }
}
