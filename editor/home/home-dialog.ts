import type { HomeFound, HomeTest, HomeTestRequest, HomeValues } from '../../lib/home/wire';
import { accountTexts } from '../support/account-texts';
import { askServer } from '../support/ask-server';
import { element } from '../support/element';
import { Refused } from '../support/refused';
import { toldText } from '../support/told-text';
import { Unanswered } from '../support/unanswered';
import { nameButtons } from './name-buttons';
import { testResult } from './test-result';

const FIELDS = ['via', 'server', 'url', 'accessToken', 'broker', 'entities'] as const satisfies readonly (keyof HomeValues)[];
/** What Node-RED puts into the list of nodes for "add a new one". */
const NONE = '_ADD_';

/** The dialog of an `oura-home` node: shows what the chosen way needs, offers what is there already, and tries it. */
export class HomeDialog {
  readonly #node: EditorNode;
  readonly #root: HTMLElement;
  readonly #t: Translate;
  /** Null = not known yet. */
  #isApp: boolean | null = null;
  #isClosed = false;

  constructor(node: EditorNode, root: HTMLElement, isNew: boolean) {
    this.#node = node;
    this.#root = root;
    this.#t = (key, params) => RED._(`@oura-flows/node-red-oura/oura-home:oura-home.${key}`, params);
    this.#listLanguages(node.language ?? '');
    nameButtons(root, this.#t);
    const changed = (): void => {
      this.#show();
    };
    for (const name of ['via', 'entities']) this.#field(name).addEventListener('change', changed);
    const button = this.#part('test');
    button.addEventListener('click', () => void this.#test(button));
    if (isNew) this.#offer();
    this.#show();
    void this.#look(isNew);
  }

  close(): void {
    this.#isClosed = true;
  }

  /** Chooses what there is one of, in a new node. */
  #offer(): void {
    const [server] = nodesOf('server');
    if (server !== undefined) {
      this.#set('via', 'server');
      this.#set('server', server);
    }
    const [broker, ...others] = nodesOf('mqtt-broker');
    if (broker !== undefined && others.length === 0) this.#set('broker', broker);
  }

  /** Whether Node-RED is an app of Home Assistant: then a new node needs nothing else, unless there is a server already. */
  async #look(isNew: boolean): Promise<void> {
    try {
      this.#isApp = (await askServer<HomeFound>('-', 'found', undefined, 'home')).supervisor;
    } catch (error) {
      if (error instanceof Refused || error instanceof Unanswered) return; // the way can be chosen all the same; the test says more
      throw error;
    }
    if (this.#isClosed) return;
    if (this.#isApp && isNew && this.#get('via') === 'url' && this.#get('url') === '') this.#set('via', 'supervisor');
    this.#show();
  }

  #show(): void {
    const [via, entities] = [this.#get('via'), this.#get('entities')];
    const hasServer = nodesOf('server').length > 0;
    for (const row of this.#root.querySelectorAll<HTMLElement>('[data-via]'))
      row.hidden = row.dataset['via'] !== via || (via === 'server' && !hasServer && !isServerKnown());
    for (const row of this.#root.querySelectorAll<HTMLElement>('[data-entities]')) row.hidden = row.dataset['entities'] !== entities;
    const isMissing = (via === 'server' && !hasServer) || (via === 'supervisor' && this.#isApp === false);
    this.#part('via').textContent = this.#t(`viaHint.${via}${isMissing ? 'Missing' : ''}`);
    this.#part('entities').textContent = this.#t(`entitiesHint.${entities}`);
  }

  async #test(button: HTMLElement): Promise<void> {
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    button.classList.add('oura-busy');
    this.#tell(
      'plain',
      element('p', {}, element('i', { class: 'fa fa-spinner fa-spin', 'aria-hidden': 'true' }), ` ${this.#t('test.running')}`),
    );
    try {
      const request: HomeTestRequest = { values: Object.fromEntries(FIELDS.map((name) => [name, this.#get(name)])) };
      const answer = await askServer<HomeTest>(this.#node.id, 'test', request, 'home');
      this.#tell(answer.problems.length === 0 ? 'good' : 'bad', ...testResult(this.#t, answer));
    } catch (error) {
      this.#tell('bad', ...this.#failure(error));
    } finally {
      button.removeAttribute('aria-disabled');
      button.classList.remove('oura-busy');
    }
  }

  /** @throws whatever is no answer of the server */
  #failure(error: unknown): readonly HTMLElement[] {
    if (error instanceof Refused) return error.errors.map((one) => element('p', {}, toldText(accountTexts, one)));
    if (error instanceof Unanswered) return [element('p', {}, accountTexts(`unanswered.${error.kind}`))];
    throw error;
  }

  #tell(tone: 'plain' | 'good' | 'bad', ...content: readonly HTMLElement[]): void {
    const state = this.#part('state');
    state.dataset['tone'] = tone;
    state.replaceChildren(...content);
    state.scrollIntoView({ block: 'nearest' });
  }

  #listLanguages(saved: string): void {
    const select = this.#field('language');
    for (const language of LANGUAGES) {
      const name = new Intl.DisplayNames(language, { type: 'language', languageDisplay: 'standard' }).of(language) ?? language;
      select.append(element('option', { value: language }, name));
    }
    if (saved !== '' && !LANGUAGES.includes(saved)) select.append(element('option', { value: saved }, saved));
    select.value = saved;
  }

  #part(name: string): HTMLElement {
    const found = this.#root.querySelector<HTMLElement>(`#oura-home-${name}`);
    if (found === null) throw new Error(`there is no part ${name}`);
    return found;
  }

  #field(name: string): HTMLInputElement | HTMLSelectElement {
    const found = this.#root.querySelector<HTMLInputElement | HTMLSelectElement>(`#node-config-input-${name}`);
    if (found === null) throw new Error(`there is no field ${name}`);
    return found;
  }

  #get(name: string): string {
    const value = this.#field(name).value.trim();
    return value === NONE ? '' : value;
  }

  #set(name: string, value: string): void {
    const field = this.#field(name);
    field.value = value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

/** Ids of the enabled config nodes of a type. */
function nodesOf(type: string): readonly string[] {
  const ids: string[] = [];
  RED.nodes.eachConfig((node) => {
    if (node.type === type && node.d !== true) ids.push(node.id);
    return true;
  });
  return ids;
}

/** Whether the Home Assistant nodes are installed: then their server can be added here. */
function isServerKnown(): boolean {
  return (RED.nodes.getType('server') ?? null) !== null;
}
