import { element } from '../support/element';
import type { Step } from './steps-of';

/** What the bar shows. */
export interface StepBarView {
  readonly steps: readonly Step[];
  readonly current: Step;
  readonly answered: ReadonlySet<Step>;
  readonly isOpen: (step: Step) => boolean;
}

/** The steps as a row of buttons. */
export class StepBar {
  readonly #list: HTMLElement;
  readonly #t: Translate;
  readonly #open: (step: Step) => void;
  #shown = '';

  constructor(list: HTMLElement, t: Translate, open: (step: Step) => void) {
    this.#list = list;
    this.#t = t;
    this.#open = open;
  }

  /** Whoever presses a step leaves a field first, which is a change: what looks the same stays, or the press would be lost. */
  show(view: StepBarView): void {
    const items = view.steps.map((step, index) => element('li', {}, this.#button(step, index, view)));
    const html = items.map(({ outerHTML }) => outerHTML).join('');
    if (html === this.#shown) return;
    this.#shown = html;
    this.#list.replaceChildren(...items);
  }

  #button(step: Step, index: number, { current, answered, isOpen }: StepBarView): HTMLButtonElement {
    const isAnswered = answered.has(step);
    const number = (index + 1).toString();
    const mark = isAnswered ? element('i', { class: 'fa fa-check', 'aria-hidden': 'true' }) : number;
    const done = element('span', { class: 'oura-hidden' }, ` (${this.#t('oura-account.wizard.answered')})`);
    const button = element(
      'button',
      { type: 'button', class: 'oura-step', 'data-step': step },
      element('span', { class: 'oura-number', 'aria-hidden': 'true' }, mark),
      element('span', { class: 'oura-step-name' }, this.#t(`oura-account.step.${step}`)),
      ...(isAnswered ? [done] : []),
    );
    if (step === current) button.setAttribute('aria-current', 'step');
    button.disabled = !isOpen(step);
    button.addEventListener('click', () => {
      this.#open(step);
    });
    return button;
  }
}
