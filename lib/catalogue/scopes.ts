/**
 * Permissions a person grants. `stress` and `ring_configuration` are enforced by the API though its specification does not list them.
 * `asked` = part of the default sign-in.
 */
export const SCOPES = {
  personal: { asked: true },
  daily: { asked: true },
  heartrate: { asked: true },
  workout: { asked: true },
  tag: { asked: true },
  session: { asked: true },
  spo2: { asked: true },
  stress: { asked: true },
  heart_health: { asked: true },
  ring_configuration: { asked: true },
  email: { asked: false },
} as const satisfies Record<string, { readonly asked: boolean }>;

export type Scope = keyof typeof SCOPES;
