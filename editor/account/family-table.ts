import type { EndpointKey } from '../../lib/catalogue/endpoints';
import { element } from '../support/element';
import { switched, USES, type Choice, type Use } from './family-choice';

/** A row for each family and a box for each thing that may be done with it. */
export class FamilyTable {
  readonly #t: Translate;
  readonly #boxes = new Map<EndpointKey, Readonly<Record<Use, HTMLInputElement>>>();
  #choice: Choice;

  /** @param place is filled with the table */
  constructor(place: HTMLElement, t: Translate, families: readonly EndpointKey[], choice: Choice) {
    this.#t = t;
    this.#choice = choice;
    const head = USES.map((use) => element('th', { scope: 'col', title: t(`use.${use}.tip`) }, t(`use.${use}.label`)));
    place.replaceChildren(
      element(
        'table',
        { class: 'oura-table' },
        element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, t('oura-account.keep.family')), ...head)),
        element('tbody', {}, ...families.map((family) => this.#row(family))),
      ),
    );
    this.choose(choice);
  }

  get choice(): Choice {
    return this.#choice;
  }

  choose(choice: Choice): void {
    this.#choice = choice;
    for (const [family, boxes] of this.#boxes) {
      const uses = choice[family] ?? [];
      for (const use of USES) {
        boxes[use].checked = uses.includes(use);
        boxes[use].disabled = use !== 'store' && !uses.includes('store');
      }
    }
  }

  #row(family: EndpointKey): HTMLElement {
    const label = this.#t(`family.${family}.label`);
    const boxes = Object.fromEntries(USES.map((use) => [use, this.#box(family, use)])) as Record<Use, HTMLInputElement>; // one for each
    this.#boxes.set(family, boxes);
    const cells = USES.map((use) => {
      const words = element('span', { class: 'oura-hidden' }, `${this.#t(`use.${use}.label`)}: ${label}`);
      return element('td', { class: 'oura-box' }, element('label', { class: 'oura-check' }, boxes[use], words));
    });
    const holds = element('span', { class: 'oura-hint' }, this.#t(`family.${family}.holds`));
    return element('tr', {}, element('th', { scope: 'row' }, label, holds), ...cells);
  }

  #box(family: EndpointKey, use: Use): HTMLInputElement {
    const box = element('input', { type: 'checkbox', id: `oura-use-${family}-${use}` });
    box.addEventListener('change', () => {
      this.choose({ ...this.#choice, [family]: switched(this.#choice[family] ?? [], use, box.checked) });
    });
    return box;
  }
}
