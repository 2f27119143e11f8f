import { ENDPOINT_KEYS } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { SCOPES } from '../catalogue/scopes';
import type { AccountConfig } from '../sync/account-config';

/** What a person chose, without anything that says who they are: of addresses whether they are Oura's, of secrets whether they are set. */
export function configReport(config: AccountConfig): Readonly<Record<string, unknown>> {
  const { mode, storage, dailyBudget, onRemove, scopes, engine, credentials } = config;
  const { families, retentionDays, historyDays, intervalMs, zone } = engine;
  return {
    mode,
    storage,
    onRemove,
    dailyBudget,
    intervalMinutes: intervalMs / 60_000,
    historyDays,
    zone: zone === '' ? null : zone,
    /** What is done with each family; null = what is usual. */
    families: Object.fromEntries(ENDPOINT_KEYS.map((key) => [key, families[key] ?? null])),
    retentionDays,
    scopesAsked: scopes.filter((scope) => Object.hasOwn(SCOPES, scope)),
    addresses: {
      api: config.apiBase === LIMITS.apiBase ? 'oura' : 'other',
      authorize: config.authorizeUrl === '' ? 'oura' : 'other',
      token: config.tokenUrl === '' ? 'oura' : 'other',
    },
    set: {
      redirectUri: config.redirectUri !== '',
      webhookUrl: config.webhookUrl !== '',
      clientId: credentials.clientId !== '',
      clientSecret: credentials.clientSecret !== '',
      accessToken: credentials.accessToken !== '',
    },
  };
}
