import { OuraError } from '../errors/oura-error';

const VARIABLE = /^\$\{([^}]+)\}$/;

/** A text of a dialog as it is meant. */
export interface Resolved {
  readonly text: string;
  readonly fromEnvironment: boolean;
}

/**
 * A typed text, or what the environment has where it is `${NAME}`, as Node-RED does it at the next Deploy.
 * @throws OuraError `environment_missing`
 */
export function resolveVariable(typed: string, environment: (name: string) => string | undefined): Resolved {
  const name = VARIABLE.exec(typed.trim())?.[1];
  if (name === undefined) return { text: typed, fromEnvironment: false };
  const found = environment(name) ?? '';
  if (found === '') throw new OuraError('environment_missing', { name });
  return { text: found, fromEnvironment: true };
}
