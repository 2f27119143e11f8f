import type { NodeAPI } from 'node-red';

/**
 * Secrets for TokenFiles: the one Node-RED encrypts credentials with, or null where it does not, then others it may have had. On a first
 * start Node-RED makes one only when all nodes are loaded, so ask each time.
 */
export function tokenSecretsOf(RED: NodeAPI): readonly (string | null)[] {
  const { credentialSecret } = RED.settings as { readonly credentialSecret?: unknown }; // the typing leaves it out
  const own = isSecret(credentialSecret) ? [credentialSecret] : credentialSecret === false ? [null] : [];
  const made: unknown = RED.settings.get('_credentialSecret');
  return isSecret(made) ? [...own, made] : own;
}

function isSecret(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
