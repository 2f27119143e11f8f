import type { FamilyTest, TestAnswer, TestRequest } from '../../../lib/accounts/wire';
import { SCOPES } from '../../../lib/catalogue/scopes';
import { chip } from '../../support/chip';
import { element } from '../../support/element';
import { toldText } from '../../support/told-text';
import type { Context } from '../context';
import type { Panel } from '../panel';
import { partOf } from '../part-of';
import type { Step } from '../steps-of';

/** Who the sign-in belongs to, and what it opens. */
export class TestPanel implements Panel {
  readonly #context: Context;
  #passed = false;

  constructor(context: Context) {
    this.#context = context;
    const again = partOf(context.root, '#oura-test-again');
    again.addEventListener('click', () => {
      context.run(again, () => this.#test());
    });
  }

  /** Whether the last test found a person that the account may have. */
  get isPassed(): boolean {
    return this.#passed;
  }

  shown(): void {
    this.#context.run(partOf(this.#context.root, '#oura-test-again'), () => this.#test());
  }

  async answer(): Promise<boolean> {
    if (!this.#passed) await this.#test();
    return this.#passed;
  }

  later(): readonly Step[] {
    return this.#passed ? [] : ['test'];
  }

  async #test(): Promise<void> {
    const { root, t, ask, values, changed } = this.#context;
    const [state, results] = [partOf(root, '#oura-test-state'), partOf(root, '#oura-test')];
    this.#passed = false;
    state.dataset['tone'] = 'plain';
    state.replaceChildren(waiting(t('oura-account.test.running')));
    results.replaceChildren();
    try {
      const request: TestRequest = { values: values() };
      const answer = await ask<TestAnswer>('test', request);
      this.#passed = answer.standing !== 'other';
      state.dataset['tone'] = this.#passed ? 'good' : 'bad';
      state.replaceChildren(...this.#summary(answer));
      results.replaceChildren(...this.#permissions(answer), this.#families(answer.families));
    } catch (error) {
      state.replaceChildren();
      throw error;
    } finally {
      changed();
    }
  }

  #summary({ person, standing, sharedWith, families }: TestAnswer): readonly HTMLElement[] {
    const { t } = this.#context;
    const names = sharedWith.join(', ');
    const who = t(`oura-account.standing.${person === null ? 'nobody' : standing}`, { person: person ?? '', names });
    const works = t('oura-account.test.summary', { works: families.filter(({ works }) => works).length, all: families.length });
    return [element('p', {}, chip(who, standing === 'other' ? 'bad' : 'good')), element('p', {}, works)];
  }

  #permissions({ granted }: TestAnswer): readonly HTMLElement[] {
    const { t } = this.#context;
    if (granted === null) return [element('p', {}, t('oura-account.test.untold'))];
    const lacking = Object.keys(SCOPES).filter((scope) => !granted.includes(scope));
    const heading = element('h4', {}, t('oura-account.test.permissions'));
    const chips = [
      ...granted.map((scope) => chip(t(`scope.${scope}`), 'good')),
      ...lacking.map((scope) => chip(`${t(`scope.${scope}`)} – ${t('oura-account.test.lacking')}`, 'plain')),
    ];
    const how = lacking.length === 0 ? [] : [element('p', { class: 'oura-hint' }, t('oura-account.test.more'))];
    return [heading, element('p', { class: 'oura-chips' }, ...chips), ...how];
  }

  #families(families: readonly FamilyTest[]): HTMLElement {
    const { t } = this.#context;
    const head = ['family', 'works', 'why'].map((column) => element('th', { scope: 'col' }, t(`oura-account.test.${column}`)));
    const lackingFirst = families.toSorted((one, other) => Number(one.works) - Number(other.works));
    const rows = lackingFirst.map(({ family, works, error }) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, t(`family.${family}.label`)),
        element('td', {}, chip(t(works ? 'oura-account.test.yes' : 'oura-account.test.no'), works ? 'good' : 'bad')),
        element('td', {}, error === null ? '' : toldText(t, error)),
      ),
    );
    const table = element(
      'table',
      { class: 'oura-table' },
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...rows),
    );
    return element('div', { class: 'oura-scroll', role: 'region', tabindex: '0', 'aria-label': t('oura-account.aria.results') }, table);
  }
}

function waiting(text: string): HTMLElement {
  return element('p', {}, element('i', { class: 'fa fa-refresh fa-spin', 'aria-hidden': 'true' }), ` ${text}`);
}
