/** Oura's developer portals. Applications of either know only their own token address (reports of 2026, API facts section 4). */
interface Portal {
  readonly authorize: { readonly origin: string; readonly path: string };
  readonly token: { readonly origin: string; readonly path: string };
}

/** The pairs of addresses in use, the documented one first. */
export const PORTALS = {
  legacy: {
    authorize: { origin: 'https://cloud.ouraring.com', path: '/oauth/authorize' },
    token: { origin: 'https://api.ouraring.com', path: '/oauth/token' },
  },
  new: {
    authorize: { origin: 'https://moi.ouraring.com', path: '/oauth/v2/ext/oauth-authorize' },
    token: { origin: 'https://moi.ouraring.com', path: '/oauth/v2/ext/oauth-token' },
  },
} as const satisfies Record<string, Portal>;

/** Below Oura's base address, one for both portals. */
export const REVOKE_PATH = '/oauth/revoke';
