import { LIVE_TOPIC } from '../../lib/accounts/wire';
import { element } from '../support/element';
import { AccountSection } from './account-section';
import { OrphanSection, type Adopter } from './orphan-section';
import { sideTexts as t } from './side-texts';
import { Throttle } from './throttle';

const TYPE = 'oura-account';
const NEW = '_ADD_';
/** The server tells of each change; so often at most it is asked what has changed. */
const PAUSE_MS = 1500;
/** How often "3 minutes ago" is told anew. */
const TICK_MS = 30_000;
/** What happens in the editor when accounts come, change or go. */
const CHANGES = ['flows:loaded', 'nodes:add', 'nodes:remove', 'nodes:change', 'editor:save'] as const;

/** The content of the tab. It asks the server only while somebody can see it. */
export class SideTab {
  readonly element = element('div', { class: 'oura-side', tabindex: '0', role: 'region' });
  readonly #sections = new Map<string, AccountSection>();
  readonly #accounts = element('div', {});
  readonly #empty = emptyState();
  readonly #orphans: OrphanSection;
  readonly #reading = new Throttle(() => void this.#read(false), PAUSE_MS);
  readonly #listing = new Throttle(() => void this.#read(true), PAUSE_MS);
  #isVisible = false;
  #unowned: readonly Adopter[] = [];

  constructor() {
    this.#orphans = new OrphanSection(
      () => this.#unowned,
      () => {
        this.#listing.ask();
      },
    );
    this.element.setAttribute('aria-label', t('oura-sidebar.name'));
    this.element.append(this.#empty, this.#accounts, this.#orphans.element);
    this.#watch();
  }

  /** Somebody has opened the tab. */
  shown(): void {
    this.#listing.ask();
  }

  #watch(): void {
    new IntersectionObserver((entries) => {
      const isVisible = entries.at(-1)?.isIntersecting === true;
      if (isVisible && !this.#isVisible) this.#listing.ask();
      this.#isVisible = isVisible;
    }).observe(this.element);
    RED.comms.subscribe(LIVE_TOPIC, () => {
      if (this.#isVisible) this.#reading.ask();
    });
    for (const change of CHANGES)
      RED.events.on(change, () => {
        this.#list();
      });
    RED.events.on('deploy', () => {
      if (this.#isVisible) this.#listing.ask();
    });
    setInterval(() => {
      if (this.#isVisible) for (const section of this.#sections.values()) section.tick();
    }, TICK_MS);
  }

  /** Reads all accounts. @param orphans and looks for data without one */
  async #read(orphans: boolean): Promise<void> {
    this.#list();
    await Promise.all([...this.#sections.values()].map((section) => section.read()));
    this.#unowned = [...this.#sections].flatMap(([id, section]) => (section.hasNobody ? [{ id, name: section.name }] : []));
    if (orphans) await this.#orphans.read();
  }

  /** One section for each account that the editor knows, in its order. */
  #list(): void {
    const nodes: EditorNode[] = [];
    RED.nodes.eachConfig((node) => {
      if (node.type === TYPE) nodes.push(node);
      return true;
    });
    for (const id of this.#sections.keys()) if (!nodes.some((node) => node.id === id)) this.#sections.delete(id);
    const fresh = nodes.filter(({ id }) => !this.#sections.has(id));
    for (const node of fresh) this.#sections.set(node.id, new AccountSection(node));
    const wanted = nodes.flatMap((node) => this.#sections.get(node.id) ?? []);
    nodes.forEach((node, index) => wanted[index]?.rename(node));
    const isSame =
      wanted.length === this.#accounts.childElementCount && wanted.every((one, at) => this.#accounts.children[at] === one.element);
    if (!isSame) this.#accounts.replaceChildren(...wanted.map((section) => section.element));
    this.#empty.hidden = nodes.length > 0;
    if (fresh.length > 0 && this.#isVisible) this.#reading.ask();
  }
}

/** What stands there before the first account is made. */
function emptyState(): HTMLElement {
  const button = element('button', { type: 'button', class: 'red-ui-button primary' }, t('oura-sidebar.button.setUp'));
  button.addEventListener('click', () => {
    RED.editor.editConfig('', TYPE, NEW);
  });
  const icon = element('i', { class: 'fa fa-heartbeat', 'aria-hidden': 'true' });
  const heading = element('h3', {}, t('oura-sidebar.empty.heading'));
  return element('section', { class: 'oura-empty' }, icon, heading, element('p', {}, t('oura-sidebar.empty.text')), button);
}
