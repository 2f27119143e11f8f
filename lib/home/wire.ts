/**
 * What the editor and the server say to each other on `oura/home/<id of an oura-home node>/<action>` (permissions `oura-home.read` for
 * GET, `oura-home.write` for POST). `-` in place of an id stands for none. Refusals are those of `lib/accounts/wire.ts`. No answer holds a
 * token.
 */
import type { OuraError } from '../errors/oura-error';

/** An error as it travels. */
export type HomeProblem = Pick<OuraError, 'code' | 'params'>;

/** Texts of the dialog's fields, as typed: `${NAME}` is resolved on the server. Missing = empty. */
export interface HomeValues {
  readonly via?: string;
  readonly server?: string;
  readonly url?: string;
  /** `__PWRD__` = the one stored by the last Deploy; it goes only to the address it was stored for. */
  readonly accessToken?: string;
  readonly broker?: string;
  readonly entities?: string;
}

/** POST test { values }: tries the connection once, as the dialog has it. */
export interface HomeTestRequest {
  readonly values: HomeValues;
}
export interface HomeTest {
  /** Null = not reached, or no connection was chosen. */
  readonly version: string | null;
  /** Whether the token belongs to an administrator. */
  readonly isAdmin: boolean | null;
  /** Whether Home Assistant's MQTT integration is set up; null = not known. */
  readonly mqtt: boolean | null;
  /** Version of the companion integration; null = it does not answer. */
  readonly companion: string | null;
  /** What keeps the chosen way from working; the worst first. */
  readonly problems: readonly HomeProblem[];
}

/** GET -/found: what is there already and can be offered. */
export interface HomeFound {
  /** Runs as an app (add-on) of Home Assistant. */
  readonly supervisor: boolean;
}
