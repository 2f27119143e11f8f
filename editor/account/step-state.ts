import { afterChange } from './after-change';
import { isOpen } from './is-open';
import { stepsOf, type Step } from './steps-of';

/** Where a person is in the steps, and what they have answered. */
export class StepState {
  readonly #mode: () => string;
  readonly #isNew: boolean;
  #answered: ReadonlySet<Step> = new Set();
  #current: Step;

  /** @param mode the kind of data chosen now */
  constructor(mode: () => string, isNew: boolean) {
    this.#mode = mode;
    this.#isNew = isNew;
    this.#current = isNew ? 'who' : 'account';
  }

  get steps(): readonly Step[] {
    return stepsOf(this.#mode(), this.#isNew);
  }

  get current(): Step {
    return this.#current;
  }

  get answered(): ReadonlySet<Step> {
    return this.#answered;
  }

  /** Whether everything is answered that an account needs. */
  get isComplete(): boolean {
    return this.isOpen('done');
  }

  isOpen(step: Step): boolean {
    return isOpen(step, this.steps, this.#answered, this.#isNew);
  }

  /** @returns whether the step is open, and now the current one */
  open(step: Step): boolean {
    if (!this.isOpen(step)) return false;
    this.#current = step;
    return true;
  }

  answer(steps: readonly Step[]): void {
    this.#answered = new Set([...this.#answered, ...steps]);
  }

  /** Something in a step was changed. */
  change(step: Step): void {
    this.#answered = afterChange(step, this.#answered);
  }

  /** The step this many places further on; at the ends the step itself. */
  neighbour(step: Step, distance: number): Step {
    const { steps } = this;
    return steps[steps.indexOf(step) + distance] ?? step;
  }
}
