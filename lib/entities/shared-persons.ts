import { toOuraError } from '../errors/to-oura-error';
import type { Logger } from '../ports/logger';
import type { Settings } from '../ports/settings';
import { SharedPerson } from './shared-person';

/** One SharedPerson per person, for as long as anybody holds the person's settings. */
export class SharedPersons {
  readonly #persons = new WeakMap<Settings, SharedPerson>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  of(settings: Settings): SharedPerson {
    const person =
      this.#persons.get(settings) ??
      new SharedPerson(settings, (error) => {
        this.#logger.error(`A listener failed: ${toOuraError(error).message}`);
      });
    this.#persons.set(settings, person);
    return person;
  }
}
