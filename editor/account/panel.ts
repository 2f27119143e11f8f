import type { Step } from './steps-of';

/** What a step of the dialog does. */
export interface Panel {
  /** Each time the step is opened. */
  shown?(): void;
  /** Before the next step opens. @returns whether it may @throws Refused, Unanswered */
  answer(): Promise<boolean>;
  /** The steps that may be left for later, this one first; none = it has to be answered. */
  later?(): readonly Step[];
}
