import type { ServerSettings, SettingsChange } from './simulator-options';

const MINUTE_MS = 60_000;

/** The rate numbers are the ones of the API's older texts (5000 in 5 minutes), per token; the application's are ours. */
const DEFAULTS: ServerSettings = {
  pageSize: { documents: 500, rows: 1000 },
  rateLimits: { token: { limit: 5000, windowMs: 5 * MINUTE_MS }, application: { limit: 20_000, windowMs: 5 * MINUTE_MS } },
  oauth: { expiresInSeconds: 86_400, wrongPortalBurnsCode: true, reuseRevokesGrant: false },
};

/** The settings in force, and those to go back to. */
export class SettingsBook {
  readonly #initial: ServerSettings;
  #current: ServerSettings;

  constructor(change: SettingsChange) {
    this.#initial = merge(DEFAULTS, change);
    this.#current = this.#initial;
  }

  get current(): ServerSettings {
    return this.#current;
  }

  change(change: SettingsChange): void {
    this.#current = merge(this.#current, change);
  }

  reset(): void {
    this.#current = this.#initial;
  }
}

function merge(settings: ServerSettings, change: SettingsChange): ServerSettings {
  return {
    pageSize: { ...settings.pageSize, ...change.pageSize },
    rateLimits: { ...settings.rateLimits, ...change.rateLimits },
    oauth: { ...settings.oauth, ...change.oauth },
  };
}
