import type { Clock } from '../../ports/clock';
import type { Random } from '../../ports/random';
import type { SimulatedPersonPort } from '../types';

/** `limit` requests in any `windowMs` milliseconds. */
export interface RateLimit {
  readonly limit: number;
  readonly windowMs: number;
}

/** What can be changed while the server runs. */
export interface ServerSettings {
  /** Documents and series rows of one page. */
  readonly pageSize: { readonly documents: number; readonly rows: number };
  /** The two layers of the API's rate limit (specification 1.34 and later names no numbers). */
  readonly rateLimits: { readonly token: RateLimit; readonly application: RateLimit };
  readonly oauth: {
    /** Lifetime of access tokens. */
    readonly expiresInSeconds: number;
    /** A code shown at the other portal's token address is spent. */
    readonly wrongPortalBurnsCode: boolean;
    /** A refresh token shown twice ends the whole sign-in. */
    readonly reuseRevokesGrant: boolean;
  };
}

/** Settings with any part left out. */
export type SettingsChange = { readonly [Key in keyof ServerSettings]?: Partial<ServerSettings[Key]> };

/** An application registered in one of Oura's two developer portals; it can only use that portal's token address. */
export interface Application {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly portal: 'legacy' | 'new';
  /** Accepted redirect addresses, compared exactly; missing = any. */
  readonly redirectUris?: readonly string[];
}

/** An access token made known beforehand. */
export interface TokenRegistration {
  readonly token: string;
  /** `id` of the person's personal_info. */
  readonly personId: string;
  /** Default: every scope. */
  readonly scopes?: readonly string[];
  /** epoch ms; default: never */
  readonly expiresAt?: number;
  /** Default: the first application. */
  readonly clientId?: string;
}

export interface SimulatorOptions {
  readonly persons: readonly SimulatedPersonPort[];
  /** A MovableClock is moved by the control; any other clock is wrapped in one. */
  readonly clock: Clock;
  readonly random: Random;
  /** Port of the API; 0 or missing = any free one. */
  readonly port?: number;
  /** Port of the control over HTTP; 0 = any free one, missing = none. */
  readonly controlPort?: number;
  readonly pageSize?: Partial<ServerSettings['pageSize']>;
  readonly rateLimits?: Partial<ServerSettings['rateLimits']>;
  readonly oauth?: Partial<ServerSettings['oauth']>;
  /** Tokens that work from the start: token → index of the person. */
  readonly tokens?: Readonly<Record<string, { readonly person: number; readonly scopes?: readonly string[] }>>;
  /** Default: one application in each portal, `legacy-app` and `new-app`, secrets `legacy-secret` and `new-secret`. */
  readonly applications?: readonly Application[];
}
