import { element } from '../support/element';

/** Something to say about the whole step, perhaps with a way to where it is mended. */
export interface Message {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** The place of a dialog for what concerns no single field; a screen reader reads it out. */
export class Messages {
  readonly #place: HTMLElement;

  constructor(place: HTMLElement) {
    this.#place = place;
  }

  show(messages: readonly Message[]): void {
    this.#place.replaceChildren(...messages.map((message) => this.#line(message)));
  }

  #line({ text, action }: Message): HTMLElement {
    const icon = element('i', { class: 'fa fa-exclamation-triangle', 'aria-hidden': 'true' });
    const line = element('p', { class: 'oura-message' }, icon, ` ${text} `);
    if (action === undefined) return line;
    const button = element('button', { type: 'button', class: 'red-ui-button' }, action.label);
    button.addEventListener('click', action.run);
    line.append(button);
    return line;
  }
}
