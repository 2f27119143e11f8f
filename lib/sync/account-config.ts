import { Info } from 'luxon';
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
/** Judged entry by entry: a senseless one takes none of the others with it. */
const byFamily = z.record(z.string(), z.unknown()).catch({});
const uses = z.array(z.unknown()).transform((list) => list.filter(isUse));
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
  retentionDays: byFamily,
  families: byFamily,
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
      families: known<readonly FamilyUse[]>(families, uses),
      retentionDays: known(retentionDays, days),
      historyDays: boundOf(rest.mode, wanted),
      intervalMs: interval * 60_000,
      zone: Info.normalizeZone(timezone).isValid ? timezone : '',
      once: rest.mode === 'sandbox',
    },
  };
}

/** A sandbox is one snapshot, a demo person has two years. */
function boundOf(mode: AccountMode, wanted: number | null): number | null {
  if (mode === 'sandbox') return LIMITS.sandboxDays;
  return mode === 'demo' ? Math.min(wanted ?? DEMO_DAYS, DEMO_DAYS) : wanted;
}

function known<T>(map: Readonly<Record<string, unknown>>, kind: z.ZodType<T>): Readonly<Partial<Record<EndpointKey, T>>> {
  const entries = Object.entries(map).map(([key, value]) => [key, kind.safeParse(value)] as const);
  return Object.fromEntries(entries.flatMap(([key, { success, data }]) => (success && isEndpointKey(key) ? [[key, data]] : [])));
}

function isUse(value: unknown): value is FamilyUse {
  return value === 'store' || value === 'publish' || value === 'ai';
}
