import type { DialogField, Refusal } from '../../lib/accounts/wire';
import { Refused } from '../support/refused';
import { toldText } from '../support/told-text';
import { Unanswered } from '../support/unanswered';
import type { Fields } from './fields';
import type { Message, Messages } from './messages';

/** Does what buttons are for, and shows what went wrong. */
export class Tasks {
  readonly #t: Translate;
  readonly #fields: Fields;
  readonly #messages: Messages;
  readonly #goTo: (field: DialogField) => void;

  /** @param goTo opens the step of a field and puts the focus there */
  constructor(t: Translate, fields: Fields, messages: Messages, goTo: (field: DialogField) => void) {
    this.#t = t;
    this.#fields = fields;
    this.#messages = messages;
    this.#goTo = goTo;
  }

  /** Starts a task at once, unless the one of the same button is still under way. */
  run(button: HTMLElement | null, task: () => Promise<void>): void {
    if (button?.getAttribute('aria-disabled') === 'true') return;
    this.#messages.show([]);
    button?.setAttribute('aria-disabled', 'true');
    button?.classList.add('oura-busy');
    task()
      .catch((error: unknown) => {
        this.report(error);
      })
      .finally(() => {
        button?.removeAttribute('aria-disabled');
        button?.classList.remove('oura-busy');
      });
  }

  /** Shows an error of the server at its field or in the step. @throws any other error */
  report(error: unknown): void {
    if (error instanceof Refused) this.#messages.show(this.#fields.refuse(error.errors).map((one) => this.#messageOf(one)));
    else if (error instanceof Unanswered) this.#messages.show([{ text: this.#t(`unanswered.${error.kind}`) }]);
    else throw error;
  }

  #messageOf(error: Refusal['errors'][number]): Message {
    const { field } = error;
    const text = toldText(this.#t, error);
    const step = field === null ? undefined : this.#fields.stepOf(field);
    if (field === null || step === undefined) return { text };
    const run = (): void => {
      this.#goTo(field);
    };
    return { text, action: { label: this.#t('oura-account.wizard.goTo', { step: this.#t(`oura-account.step.${step}`) }), run } };
  }
}
