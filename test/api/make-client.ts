import { Application, type ApplicationLimits } from '../../lib/api/application';
import { AxiosHttp } from '../../lib/api/axios-http';
import { Budget } from '../../lib/api/budget';
import type { ClientPorts } from '../../lib/api/client-ports';
import { OuraClient } from '../../lib/api/oura-client';
import type { Page } from '../../lib/api/page';
import { StaticAccessTokens } from '../../lib/auth/static-access-tokens';
import { FakeClock } from '../support/fake-clock';
import { FakeRandom } from '../support/fake-random';

export const SIGNAL = new AbortController().signal;

/** A logger that remembers: one line per call, `level text`. */
export function makeLogger(): { readonly lines: string[] } & ClientPorts['logger'] {
  const lines: string[] = [];
  const at = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  return { lines, error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

/** Settings in memory; `saved` shows what a restart would find. */
export function makeSettings(): {
  readonly saved: Map<string, unknown>;
  load(key: string): unknown;
  save(key: string, value: unknown): void;
} {
  const saved = new Map<string, unknown>();
  return { saved, load: (key) => saved.get(key), save: (key, value) => void saved.set(key, structuredClone(value)) };
}

export interface Made {
  readonly client: OuraClient;
  readonly clock: FakeClock;
  readonly application: Application;
  readonly budget: Budget;
  readonly lines: readonly string[];
  close(): void;
}

/** A client over real HTTP with a clock that is moved by hand. */
export function makeClient(base: string, over: Partial<ClientPorts> & { limit?: number; limits?: Partial<ApplicationLimits> } = {}): Made {
  const clock = new FakeClock();
  const http = new AxiosHttp({ userAgent: 'oura-test/1.0' });
  const logger = makeLogger();
  const { limit = 5000, limits = {}, ...ports } = over;
  const application = ports.application ?? new Application({ clock, limits });
  const localOf = (ms: number): { day: string; hour: number } => ({
    day: new Date(ms).toISOString().slice(0, 10),
    hour: new Date(ms).getUTCHours(),
  });
  const budget = ports.budget ?? new Budget({ limit, settings: makeSettings(), key: 'budget', clock, localOf });
  const random = new FakeRandom();
  const tokens = new StaticAccessTokens('token-1');
  const client = new OuraClient({ http, tokens, clock, random, logger, base, ...ports, application, budget });
  return {
    client,
    clock,
    application,
    budget,
    lines: logger.lines,
    close: () => {
      http.close();
    },
  };
}

/** All pages of a call. */
export async function collect(pages: AsyncIterable<Page>): Promise<readonly Page[]> {
  const all: Page[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
