import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { delay } from '../async/delay';
import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import { systemCode } from '../errors/system-code';
import type { Clock } from '../ports/clock';
import type { CodeExchange, OAuthApplication } from '../ports/oauth';
import type { TokenSet } from '../ports/token-store';
import { heardError } from './told-error';
import type { Renewal, RenewalOrder, TokenRequests } from './token-requests';
import { tokenSetSchema } from './token-set-schema';
import { renewalSchema, tokenAnswerSchema, type TokenOrder, type TokenPlace, type TokenTask } from './token-task';

/** Longer than anything the process does: it waits for another renewal, then asks two addresses. */
const LIMIT_MS = LIMITS.renewalPatienceMs + 2 * LIMITS.tokenTimeoutMs;
/** Makes the library print requests with their secrets. */
const TALKATIVE = ['DEBUG', 'NODE_DEBUG', 'NODE_DEBUG_NATIVE'];
const DEBUGGER_OPTION = /--(?:inspect|debug)[\w-]*(?:(?:=|\s+)(?!-)\S+)?/g;

export interface TokenProcessOptions {
  /** Absolute path of the bundled token-process-main. */
  readonly program: string;
  /** Asked for each time: secrets change. */
  readonly place: () => TokenPlace;
  readonly clock: Clock;
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

/**
 * Token requests, each made by a process of its own that a kill of this one does not reach: what Oura answers gets to the disk. Nothing
 * secret is in its arguments or its environment.
 */
export class TokenProcess implements TokenRequests {
  readonly #options: TokenProcessOptions;

  constructor(options: TokenProcessOptions) {
    this.#options = options;
  }

  exchange(application: OAuthApplication, exchange: CodeExchange): Promise<TokenSet> {
    return this.#run({ request: 'exchange', application, exchange }, tokenSetSchema);
  }

  async renew({ accountId, application, held }: RenewalOrder): Promise<Renewal> {
    const task: TokenTask = { request: 'renew', accountId, application, held };
    const { tokens, unsaved } = await this.#run(task, renewalSchema);
    return { tokens, unsaved: unsaved === null ? null : heardError(unsaved) };
  }

  async revoke(application: OAuthApplication, tokens: TokenSet): Promise<void> {
    await this.#run({ request: 'revoke', application, tokens }, z.null());
  }

  probe(application: OAuthApplication): Promise<string | null> {
    return this.#run({ request: 'probe', application }, z.string().nullable());
  }

  async #run<T>(task: TokenTask, schema: z.ZodType<T>): Promise<T> {
    const { place, clock } = this.#options;
    const order: TokenOrder = { now: clock.now(), place: place(), task };
    const answer = tokenAnswerSchema.safeParse(parsed(await this.#output(order)));
    if (answer.success && answer.data.error !== null) throw heardError(answer.data.error);
    const result = schema.safeParse(answer.data?.value);
    if (!result.success) throw new OuraError('unexpected', { reason: 'token process' });
    return result.data;
  }

  /** @throws OuraError `unexpected` when the process cannot be started; `timed_out` when it does not end */
  async #output(order: TokenOrder): Promise<string> {
    const child = start(this.#options.program);
    const limit = new AbortController();
    child.stdin.on('error', () => undefined); // it ended before it had read: its output will tell
    child.stdin.end(JSON.stringify(order));
    try {
      return await Promise.race([text(child.stdout), failureOf(child), tooLate(order, limit.signal)]);
    } catch (cause) {
      if (cause instanceof OuraError) throw cause;
      throw new OuraError('unexpected', { reason: systemCode(cause) ?? 'token process' });
    } finally {
      limit.abort();
    }
  }
}

function start(program: string): Child {
  const quiet = Object.entries(process.env).filter(([name]) => !TALKATIVE.includes(name));
  const env = { ...Object.fromEntries(quiet), NODE_OPTIONS: (process.env['NODE_OPTIONS'] ?? '').replace(DEBUGGER_OPTION, '') };
  return spawn(process.execPath, [program], {
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
  });
}

function failureOf(child: Child): Promise<never> {
  return new Promise((_, reject) => {
    child.once('error', reject);
  });
}

async function tooLate({ task }: TokenOrder, signal: AbortSignal): Promise<never> {
  const isLate = await delay(LIMIT_MS, signal).then(
    () => true,
    () => false,
  );
  if (!isLate) return new Promise(() => undefined); // the race is over
  const url = URL.parse(task.application.tokenUrls[0] ?? '');
  throw new OuraError('timed_out', { seconds: LIMIT_MS / 1000, path: url?.pathname ?? '' });
}

/** @returns undefined for what is no JSON: the process crashed */
function parsed(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}
