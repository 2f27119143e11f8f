import { accountTexts } from '../support/account-texts';
import { element } from '../support/element';
import { Refused } from '../support/refused';
import { shownParams } from '../support/shown-params';
import { toldText } from '../support/told-text';
import { Unanswered } from '../support/unanswered';

/** The place where a section says what came of a button; a screen reader reads it out. */
export class Outcome {
  readonly place = element('div', { class: 'oura-outcome', role: 'status' });

  clear(): void {
    this.place.replaceChildren();
  }

  say(text: string): void {
    this.#show('fa-check', 'oura-good', text);
  }

  /** @throws what is neither a refusal nor a missing answer */
  report(error: unknown): void {
    if (error instanceof Refused) this.#show('fa-exclamation-triangle', 'oura-bad', error.errors.map(textOf).join(' '));
    else if (error instanceof Unanswered) this.#show('fa-exclamation-triangle', 'oura-bad', accountTexts(`unanswered.${error.kind}`));
    else throw error;
  }

  #show(icon: string, tone: string, text: string): void {
    this.place.replaceChildren(element('p', { class: tone }, element('i', { class: `fa ${icon}`, 'aria-hidden': 'true' }), ` ${text}`));
  }
}

function textOf(told: Refused['errors'][number]): string {
  return toldText(accountTexts, { code: told.code, params: shownParams(accountTexts, told) });
}
