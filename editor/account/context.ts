import type { DialogValues, Found } from '../../lib/accounts/wire';
import type { Fields } from './fields';
import type { Step } from './steps-of';

/** What every panel of the dialog works with. */
export interface Context {
  readonly node: EditorNode;
  readonly isNew: boolean;
  readonly root: HTMLElement;
  readonly t: Translate;
  readonly fields: Fields;
  /** What is there already and can be offered; null when the server does not tell. */
  readonly found: Promise<Found | null>;
  /** Aborted when the dialog closes. */
  readonly closing: AbortSignal;
  /** What is in the fields now. */
  readonly values: () => DialogValues;
  /** Asks the server about this account; rejects with Refused or Unanswered. */
  readonly ask: <Answer>(action: string, body?: object) => Promise<Answer>;
  /** Does what a button is for, once at a time, and shows what went wrong. */
  readonly run: (button: HTMLElement | null, task: () => Promise<void>) => void;
  /** Shows an error of `ask` in the step; throws any other error. */
  readonly report: (error: unknown) => void;
  /** Says something about the step as a whole. */
  readonly say: (text: string) => void;
  readonly open: (step: Step) => void;
  /** Something has changed that decides which buttons there are. */
  readonly changed: () => void;
}
