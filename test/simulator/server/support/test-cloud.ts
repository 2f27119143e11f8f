import type { Random } from '../../../../lib/ports/random';
import { MovableClock } from '../../../../lib/simulator/movable-clock';
import { SimulatorServer } from '../../../../lib/simulator/server/simulator-server';
import type { SimulatorOptions } from '../../../../lib/simulator/server/simulator-options';
import type { SimulatedPersonPort } from '../../../../lib/simulator/types';
import { FakeClock } from '../../../support/fake-clock';

export const TOKEN = 'demo-token';

/** An answer with its body read as JSON where it is JSON. */
export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

/** A started stand-in, and requests to it over HTTP. */
export class TestCloud {
  readonly server: SimulatorServer;
  readonly base: FakeClock;

  private constructor(server: SimulatorServer, base: FakeClock) {
    this.server = server;
    this.base = base;
  }

  /** @param now the clock stands there until the test moves it */
  static async start(persons: readonly SimulatedPersonPort[], now: string, options: Partial<SimulatorOptions> = {}): Promise<TestCloud> {
    const base = new FakeClock(Date.parse(now));
    const tokens = { [TOKEN]: { person: 0 } };
    const server = await SimulatorServer.start({ persons, clock: new MovableClock(base), random: counting(), tokens, ...options });
    return new TestCloud(server, base);
  }

  get control(): SimulatorServer['control'] {
    return this.server.control;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  /** @param path below `/v2/usercollection/` unless it begins with a slash; @param token null sends none */
  get(path: string, query: Readonly<Record<string, string>> = {}, token: string | null = TOKEN): Promise<Got> {
    const full = path.startsWith('/') ? path : `/v2/usercollection/${path}`;
    const search = new URLSearchParams(query).toString();
    return this.send('GET', search === '' ? full : `${full}?${search}`, token === null ? {} : { authorization: `Bearer ${token}` });
  }

  async send(method: string, path: string, headers: Readonly<Record<string, string>> = {}, body?: string): Promise<Got> {
    const answer = await fetch(this.server.url + path, { method, headers, redirect: 'manual', ...(body !== undefined && { body }) });
    const text = await answer.text();
    const json = answer.headers.get('content-type')?.startsWith('application/json') === true && text !== '';
    return { status: answer.status, headers: answer.headers, text, body: json ? JSON.parse(text) : null };
  }

  /** The documents of an answer that must have status 200. */
  async data(
    path: string,
    query: Readonly<Record<string, string>> = {},
    token: string | null = TOKEN,
  ): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const got = await this.get(path, query, token);
    if (got.status !== 200) throw new Error(`status ${got.status}: ${got.text}`);
    return (got.body as { readonly data: readonly Readonly<Record<string, unknown>>[] }).data; // status 200 of a collection is this
  }
}

/** Chance that never repeats soon: a counter spread over [0, 1). */
function counting(): Random {
  let state = 1;
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647; // the minimal standard generator, seed 1
    return state / 2_147_483_647;
  };
  return { next, bytes: (length) => Uint8Array.from({ length }, () => Math.floor(256 * next())) };
}
