import { element } from '../support/element';
import { chosenOf, isEverything, withGroup, withKey, type Choice, type Group } from './choice';
import { labelKey } from './label-key';

/** The groups with their members, to tick as a whole or one by one. */
export class ChoiceList {
  readonly element = element('div', { class: 'oura-groups' });
  readonly #t: Translate;
  readonly #updates: (() => void)[] = [];
  readonly #note = element('p', { class: 'oura-choice-note', role: 'status' });
  #choice: Choice;

  constructor(t: Translate, groups: readonly Group[], choice: Choice) {
    this.#t = t;
    this.#choice = choice;
    this.element.append(...groups.map((group) => this.#row(group)), this.#note);
    this.#show();
  }

  get choice(): Choice {
    return this.#choice;
  }

  /** All text of the list is there for whoever looks for a word. */
  #row(group: Group): HTMLElement {
    const name = this.#t(`oura-entities.group.${group.group}.name`);
    const whole = element('input', { type: 'checkbox', 'aria-label': this.#t('oura-entities.aria.whole', { group: name }) });
    const id = `oura-group-${group.group}`;
    const open = element('button', { type: 'button', class: 'oura-group-open', 'aria-expanded': 'false', 'aria-controls': id });
    const count = element('span', { class: 'oura-group-count' });
    open.append(
      element('span', { class: 'oura-group-name' }, name),
      count,
      element('i', { class: 'fa fa-angle-down', 'aria-hidden': 'true' }),
    );
    const members = element('div', { id, class: 'oura-members', hidden: '' }, ...group.keys.map((key) => this.#member(group, key)));
    whole.addEventListener('change', () => {
      this.#change(withGroup(this.#choice, group, whole.checked));
    });
    open.addEventListener('click', () => {
      members.hidden = !members.hidden;
      open.setAttribute('aria-expanded', String(!members.hidden));
    });
    this.#updates.push(() => {
      const chosen = chosenOf(this.#choice, group).length;
      whole.checked = chosen === group.keys.length;
      whole.indeterminate = chosen > 0 && !whole.checked;
      count.textContent = this.#t('oura-entities.count.some', { chosen, all: group.keys.length });
    });
    return element('div', { class: 'oura-group' }, element('div', { class: 'oura-group-head' }, whole, open), members);
  }

  #member(group: Group, key: string): HTMLElement {
    const box = element('input', { type: 'checkbox', value: key });
    box.addEventListener('change', () => {
      this.#change(withKey(this.#choice, group, key, box.checked));
    });
    this.#updates.push(() => {
      box.checked = chosenOf(this.#choice, group).includes(key);
    });
    return element('label', { class: 'oura-member' }, box, ' ', this.#t(labelKey(group.group, key)));
  }

  #change(choice: Choice): void {
    this.#choice = choice;
    this.#show();
  }

  #show(): void {
    for (const update of this.#updates) update();
    this.#note.textContent = isEverything(this.#choice) ? this.#t('oura-entities.count.nothing') : '';
  }
}
