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

  constructor(list: HTMLElement, t: Translate, open: (step: Step) => void) {
    this.#list = list;
    this.#t = t;
    this.#open = open;
  }

  show(view: StepBarView): void {
    this.#list.replaceChildren(...view.steps.map((step, index) => element('li', {}, this.#button(step, index, view))));
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
