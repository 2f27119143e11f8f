import type { AdoptRequest, DeleteOrphanRequest, Orphan, Orphans } from '../../lib/accounts/wire';
import { askServer } from '../support/ask-server';
import { element } from '../support/element';
import { Outcome } from './outcome';
import { sideButton } from './side-button';
import { sideTexts as t } from './side-texts';

const NO_ACCOUNT = '-';
const KILOBYTE = 1024;

/** An account that data may be given to. */
export interface Adopter {
  readonly id: string;
  readonly name: string;
}

/** Data that belongs to no account any more: to be given to one, or deleted. Not there when there is none. */
export class OrphanSection {
  readonly element: HTMLElement;
  readonly #list = element('ul', { class: 'oura-orphans' });
  readonly #outcome = new Outcome();
  readonly #adopters: () => readonly Adopter[];
  readonly #onChange: () => void;

  /** @param adopters accounts that run and have no person @param onChange data was given away or deleted */
  constructor(adopters: () => readonly Adopter[], onChange: () => void) {
    this.#adopters = adopters;
    this.#onChange = onChange;
    const heading = element('h3', { id: 'oura-side-orphans', tabindex: '-1' }, t('oura-sidebar.orphans.heading'));
    const intro = element('p', {}, t('oura-sidebar.orphans.intro'));
    const attributes = { class: 'oura-side-orphans', 'aria-labelledby': heading.id, hidden: '' };
    this.element = element('section', attributes, heading, intro, this.#outcome.place, this.#list);
  }

  /** Rejects never: what fails is shown. */
  async read(): Promise<void> {
    try {
      this.#show(await askServer<Orphans>(NO_ACCOUNT, 'orphans'));
    } catch (error) {
      this.element.hidden = false;
      this.#outcome.report(error);
    }
  }

  #show({ persons }: Orphans): void {
    this.#list.replaceChildren(...persons.map((person) => this.#item(person)));
    this.element.hidden = persons.length === 0 && this.#outcome.place.childElementCount === 0;
  }

  #item({ person, slugs, documents, sizeBytes, newestDay }: Orphan): HTMLElement {
    const name = slugs.length === 0 ? t('oura-sidebar.orphans.unnamed') : slugs.join(', ');
    const counts = t('oura-sidebar.orphans.counts', { documents, kilobytes: Math.ceil(sizeBytes / KILOBYTE), day: newestDay ?? '–' });
    const what = element('p', {}, element('b', {}, name), ' ', element('code', {}, person), element('br'), counts);
    return element('li', { 'data-person': person }, what, this.#adoption(person), this.#deletion(person));
  }

  #adoption(person: string): HTMLElement {
    const adopters = this.#adopters();
    if (adopters.length === 0) return element('p', { class: 'oura-hint' }, t('oura-sidebar.orphans.nobody'));
    const id = `oura-side-adopt-${person}`;
    const select = element('select', { id }, ...adopters.map((one) => element('option', { value: one.id }, one.name)));
    const button = sideButton('fa-link', t('oura-sidebar.button.adopt'), this.#outcome, async () => {
      const request: AdoptRequest = { person, account: select.value };
      await askServer(NO_ACCOUNT, 'adopt', request);
      return await this.#done('adopted');
    });
    return element('div', { class: 'oura-line' }, element('label', { for: id }, t('oura-sidebar.orphans.account')), select, button);
  }

  #deletion(person: string): HTMLElement {
    const id = `oura-side-delete-${person}`;
    const typed = element('input', { id, type: 'text', autocomplete: 'off', spellcheck: 'false' });
    const button = sideButton('fa-trash', t('oura-sidebar.button.delete'), this.#outcome, async () => {
      const request: DeleteOrphanRequest = { person, confirm: typed.value.trim() };
      await askServer(NO_ACCOUNT, 'delete-orphan', request);
      return await this.#done('deleted');
    });
    const label = element('label', { for: id }, t('oura-sidebar.orphans.confirm', { person }));
    const fields = element('div', { class: 'oura-line' }, label, typed, button);
    return element('details', {}, element('summary', {}, t('oura-sidebar.orphans.delete')), fields);
  }

  async #done(outcome: 'adopted' | 'deleted'): Promise<string> {
    await this.read();
    this.element.hidden = false; // the outcome is told here
    this.element.querySelector('h3')?.focus(); // what had the focus is gone
    this.#onChange();
    return t(`oura-sidebar.outcome.${outcome}`);
  }
}
