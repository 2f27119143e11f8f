import { Info } from 'luxon';
import * as z from 'zod';
import { isEndpointKey, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { SCOPES, type Scope } from '../catalogue/scopes';
import type { EngineOptions, FamilyUse } from './engine-options';

const SCOPE_NAMES = Object.keys(SCOPES) as Scope[]; // the keys of SCOPES are what Scope is

export const ACCOUNT_MODES = ['oauth2', 'token', 'demo', 'sandbox'] as const;
export type AccountMode = (typeof ACCOUNT_MODES)[number];

/** What opens an account, as Node-RED keeps it; secrets but for `clientId`. */
export interface AccountCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly accessToken: string;
}

/** An account as its node describes it, checked. */
export interface AccountConfig {
  readonly id: string;
  readonly name: string;
  /** As saved in the flow; empty = derived from the name. */
  readonly slug: string;
  readonly mode: AccountMode;
  readonly apiBase: string;
  /** Addresses of the sign-in; empty = the known ones. */
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  /** As registered at Oura, to the letter. */
  readonly redirectUri: string;
  /** Permissions to ask for. */
  readonly scopes: readonly string[];
  readonly onRemove: 'keep' | 'delete';
  readonly storage: 'disk' | 'memory';
  readonly dailyBudget: number;
  readonly seed: string;
  /** Public address of this Node-RED, as typed; empty = no webhooks. */
  readonly webhookUrl: string;
  readonly credentials: AccountCredentials;
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
  authorizeUrl: text,
  tokenUrl: text,
  redirectUri: text,
  scopes: text.transform(scopesOf),
  onRemove: z.enum(['keep', 'delete']).catch('keep'),
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
  webhookUrl: text.transform((typed) => typed.trim()),
});

const DEMO_DAYS = 730;

/** Reads an account node's properties; what is missing or senseless takes its default, so that an old flow still starts. */
export function accountConfig(properties: unknown, credentials: Partial<AccountCredentials>): AccountConfig {
  const { historyDays, retentionDays, families, interval, timezone, ...rest } = schema.parse(properties);
  const wanted = historyDays ?? null;
  return {
    ...rest,
    apiBase: rest.apiBase === '' ? LIMITS.apiBase : rest.apiBase,
    seed: rest.seed === '' ? 'demo' : rest.seed,
    storage: rest.mode === 'sandbox' ? 'memory' : rest.storage,
    credentials: {
      clientId: (credentials.clientId ?? '').trim(),
      clientSecret: (credentials.clientSecret ?? '').trim(),
      accessToken: credentials.accessToken ?? '',
    },
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

/** Names separated by anything but letters and `_`; none = those of a usual sign-in. */
function scopesOf(text: string): readonly string[] {
  const names = text.split(/[^a-z0-9_]+/i).filter((name) => name !== '');
  return names.length > 0 ? [...new Set(names)] : SCOPE_NAMES.filter((name) => SCOPES[name].asked);
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
