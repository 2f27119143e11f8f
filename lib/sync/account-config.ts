import * as z from 'zod';
import { isEndpointKey, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { EngineOptions, FamilyUse } from './engine-options';

export const ACCOUNT_MODES = ['oauth2', 'token', 'demo', 'sandbox'] as const;
export type AccountMode = (typeof ACCOUNT_MODES)[number];

/** An account as its node describes it, checked. `accessToken` is a secret. */
export interface AccountConfig {
  readonly id: string;
  readonly name: string;
  /** As saved in the flow; empty = derived from the name. */
  readonly slug: string;
  readonly mode: AccountMode;
  readonly apiBase: string;
  readonly storage: 'disk' | 'memory';
  readonly dailyBudget: number;
  readonly seed: string;
  readonly accessToken: string;
  readonly engine: EngineOptions;
}

const text = z.string().catch('');
const days = z.coerce.number().int().positive();
const schema = z.object({
  id: z.string(),
  name: text,
  slug: text,
  mode: z.enum(ACCOUNT_MODES).catch('token'),
  apiBase: text,
  storage: z.enum(['disk', 'memory']).catch('disk'),
  historyDays: z
    .union([z.literal('').transform(() => null), days])
    .nullish()
    .catch(null),
  retentionDays: z.record(z.string(), days).catch({}),
  families: z.record(z.string(), z.array(z.enum(['store', 'publish', 'ai']))).catch({}),
  interval: z.coerce.number().min(LIMITS.intervalMinMinutes).catch(LIMITS.intervalMinutes),
  dailyBudget: z.coerce.number().int().positive().catch(LIMITS.dailyBudget),
  timezone: text,
  seed: text,
});

const DEMO_DAYS = 730;

/** Reads an account node's properties; what is missing or senseless takes its default, so that an old flow still starts. */
export function accountConfig(properties: unknown, accessToken: string): AccountConfig {
  const { historyDays, retentionDays, families, interval, timezone, ...rest } = schema.parse(properties);
  const wanted = historyDays ?? null;
  return {
    ...rest,
    apiBase: rest.apiBase === '' ? LIMITS.apiBase : rest.apiBase,
    seed: rest.seed === '' ? 'demo' : rest.seed,
    storage: rest.mode === 'sandbox' ? 'memory' : rest.storage,
    accessToken,
    engine: {
      families: known<readonly FamilyUse[]>(families),
      retentionDays: known(retentionDays),
      historyDays: boundOf(rest.mode, wanted),
      intervalMs: interval * 60_000,
      zone: timezone,
      once: rest.mode === 'sandbox',
    },
  };
}

/** A sandbox is one snapshot, a demo person has two years. */
function boundOf(mode: AccountMode, wanted: number | null): number | null {
  if (mode === 'sandbox') return LIMITS.sandboxDays;
  return mode === 'demo' ? Math.min(wanted ?? DEMO_DAYS, DEMO_DAYS) : wanted;
}

function known<T>(map: Readonly<Record<string, T>>): Readonly<Partial<Record<EndpointKey, T>>> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => isEndpointKey(key)));
}
