import { OuraError } from '../errors/oura-error';
import type { Clock } from '../ports/clock';
import type { AccountConfig } from '../sync/account-config';
import type { AccountSession } from '../sync/account-session';
import { zoneOfChoice } from '../sync/engine-options';
import { localDay } from '../sync/local-day';
import { personIdOf } from '../sync/person-id';
import { checkStep } from './check-step';
import type { Connections } from './connections';
import { FieldErrors } from './field-errors';
import type { PersonFolder } from './person-folder';
import type { ReadValues } from './read-values';
import type { SignInDesk } from './sign-in-desk';
import { tryAccount } from './try-account';
import type { CheckAnswer, TestAnswer, WizardStep } from './wire';

/** What the set-up asks of the rest. */
export interface SetUpPorts {
  readonly clock: Clock;
  readonly connections: Connections;
  readonly desk: SignInDesk;
  readonly folder: PersonFolder;
  /** Every running account. */
  readonly sessions: () => readonly AccountSession[];
}

/** The wizard's questions to the server: is this step right, and what does the sign-in open? */
export class SetUp {
  readonly #ports: SetUpPorts;

  constructor(ports: SetUpPorts) {
    this.#ports = ports;
  }

  /** @throws FieldErrors what is wrong with the step's fields, or with what they open */
  async check(step: WizardStep, { values, config, fromEnvironment }: ReadValues): Promise<CheckAnswer> {
    checkStep(step, values);
    if (step === 'application') return { fromEnvironment, tokenUrl: await this.#portalOf(config) };
    if (step === 'authorise' && !this.#ports.desk.progress(config.id).signedIn) throw new OuraError('sign_in_needed');
    return { fromEnvironment };
  }

  /** @throws OuraError when not even the person can be asked for; the signal's reason */
  async test(config: AccountConfig, signal: AbortSignal): Promise<TestAnswer> {
    const { connections, clock, desk, folder, sessions } = this.#ports;
    const own = sessions().find((one) => one.config.id === config.id);
    const client = connections.clientOf(config, connections.tokensOf(config), own?.connection?.budget ?? null);
    const today = localDay(clock.now(), zoneOfChoice(config.engine));
    const { personalInfoId, families } = await tryAccount(client, today, signal);
    const person = personIdOf(personalInfoId);
    const others = sessions().filter((one) => one !== own && one.host?.personId === person);
    return {
      person,
      standing: standingOf(person, folder.index.personOf(config.id), others.length > 0),
      sharedWith: others.map(({ config: { name, id } }) => (name === '' ? id : name)),
      granted: config.mode === 'oauth2' ? desk.progress(config.id).scopes : null,
      families,
    };
  }

  async #portalOf(config: AccountConfig): Promise<string | null> {
    try {
      return await this.#ports.desk.probe(config);
    } catch (error) {
      if (error instanceof OuraError && error.code === 'client_refused') throw new FieldErrors([{ field: 'clientSecret', error }]);
      throw error;
    }
  }
}

function standingOf(person: string, known: string | null, isShared: boolean): TestAnswer['standing'] {
  if (known !== null) return known === person ? 'same' : 'other';
  return isShared ? 'shared' : 'new';
}
