import type { DebugRequest, Findings, Overview } from '../../lib/accounts/wire';
import { accountTexts } from '../support/account-texts';
import { askServer } from '../support/ask-server';
import { downloadJson } from '../support/download-json';
import { element } from '../support/element';
import { AccountTime } from './account-time';
import { findingList } from './finding-list';
import { findingSummary } from './finding-summary';
import { Outcome } from './outcome';
import { overviewParts } from './overview-parts';
import { sideButton } from './side-button';
import { sideTexts as t } from './side-texts';
import { stateLine } from './state-line';

const TYPE = 'oura-account';

/** One account in the sidebar: how it is, and what can be done about it. */
export class AccountSection {
  readonly element: HTMLElement;
  readonly #id: string;
  readonly #name = element('h3', { tabindex: '-1' });
  readonly #state = element('div', { 'aria-live': 'polite' });
  readonly #parts = element('div', {});
  readonly #found = element('div', { class: 'oura-found' });
  readonly #outcome = new Outcome();
  readonly #deployedOnly: readonly HTMLElement[];
  readonly #open: HTMLButtonElement;
  readonly #debug: HTMLButtonElement;
  #overview: Overview | null = null;
  #shown = '';
  #isDisabled = false;
  readonly #folds = new Map<string, boolean>();

  constructor({ id }: Pick<EditorNode, 'id'>) {
    this.#id = id;
    this.#name.id = `oura-side-${id}`;
    this.#open = sideButton('fa-cog', '', this.#outcome, () => {
      RED.editor.editConfig('', TYPE, id);
      return Promise.resolve('');
    });
    this.#debug = sideButton('fa-bug', '', this.#outcome, () => this.#switchDebug());
    const buttons = this.#buttons();
    this.#deployedOnly = [...buttons, this.#debug];
    const [refresh, ...others] = buttons;
    const row = element('div', { class: 'oura-buttons' }, ...(refresh === undefined ? [] : [refresh]), this.#open, ...others, this.#debug);
    this.#parts.addEventListener('click', ({ target }) => {
      this.#remember(target);
    });
    const parts = [this.#name, this.#state, row, this.#outcome.place, this.#found, this.#parts];
    this.element = element('section', { class: 'oura-side-account', 'aria-labelledby': this.#name.id, 'data-account': id }, ...parts);
  }

  /** The account as the editor has it. */
  rename(node: EditorNode): void {
    const name = RED.utils.getNodeLabel(node, node.id);
    if (this.#name.textContent !== name) this.#name.textContent = name;
    this.#isDisabled = node.d === true;
  }

  get name(): string {
    return this.#name.textContent;
  }

  /** Whether it runs and belongs to nobody yet. */
  get hasNobody(): boolean {
    return this.#overview?.deployed === true && this.#overview.person === null;
  }

  /** Reads how the account is. Rejects never: what fails is shown in place of it. */
  async read(): Promise<void> {
    try {
      this.show(await askServer<Overview>(this.#id, 'overview'));
    } catch (error) {
      this.#overview = null;
      this.#shown = '';
      this.#parts.replaceChildren();
      this.#state.replaceChildren();
      this.#outcome.report(error);
    }
  }

  show(overview: Overview): void {
    this.#overview = overview;
    const { deployed, debugUntil, mode, signedIn, state } = overview;
    for (const one of this.#deployedOnly) one.hidden = !deployed;
    const mustSignIn = mode === 'oauth2' && (!signedIn || state.kind === 'sign_in');
    relabel(this.#open, mustSignIn ? 'signIn' : 'open');
    this.#open.classList.toggle('primary', mustSignIn);
    relabel(this.#debug, debugUntil === null ? 'debug' : 'debugOff');
    this.#debug.setAttribute('aria-pressed', String(debugUntil !== null));
    this.tick();
  }

  /** Time has passed: what is told relative to now is told anew. */
  tick(): void {
    if (this.#overview === null) return;
    const time = new AccountTime(this.#overview);
    const [state, parts] = [stateLine(this.#overview, time, this.#isDisabled), overviewParts(this.#overview, time)];
    if (this.#state.textContent !== state.textContent) this.#state.replaceChildren(state);
    const html = parts.map(({ outerHTML }) => outerHTML).join('');
    if (html === this.#shown) return;
    this.#shown = html;
    const focused = this.#parts.contains(document.activeElement) ? partKey(document.activeElement?.closest('details')) : null;
    this.#parts.replaceChildren(...parts);
    for (const one of this.#parts.querySelectorAll('details')) {
      one.open = this.#folds.get(partKey(one)) ?? one.open;
      if (partKey(one) === focused) one.querySelector('summary')?.focus();
    }
  }

  /** Remembers what the person has folded or unfolded, by mouse or keyboard. */
  #remember(target: EventTarget | null): void {
    const part = target instanceof Element ? target.closest('summary')?.closest('details') : null;
    if (part instanceof HTMLDetailsElement) this.#folds.set(partKey(part), !part.open); // it changes after the click
  }

  #buttons(): readonly HTMLButtonElement[] {
    return [
      sideButton('fa-refresh', t('oura-sidebar.button.refresh'), this.#outcome, async () => {
        await askServer(this.#id, 'refresh', {});
        await this.read();
        return t('oura-sidebar.outcome.refresh');
      }),
      sideButton('fa-stethoscope', t('oura-sidebar.button.check'), this.#outcome, () => this.#check()),
      sideButton('fa-medkit', t('oura-sidebar.button.diagnostics'), this.#outcome, async () => {
        const person = this.#overview?.person ?? this.#id;
        downloadJson(`oura-diagnostics-${person}.json`, await askServer<unknown>(this.#id, 'diagnostics'));
        return accountTexts('oura-account.outcome.diagnostics');
      }),
    ];
  }

  async #check(): Promise<string> {
    this.#found.replaceChildren();
    const { findings } = await askServer<Findings>(this.#id, 'check-everything', {});
    const now = this.#overview === null ? Date.now() : new AccountTime(this.#overview).now();
    const hide = sideButton('fa-eye-slash', t('oura-sidebar.button.hide'), this.#outcome, () => {
      this.#found.replaceChildren();
      this.#name.focus(); // what had the focus is gone
      return Promise.resolve('');
    });
    this.#found.replaceChildren(findingList(findings, now), hide);
    return findingSummary(findings);
  }

  async #switchDebug(): Promise<string> {
    const request: DebugRequest = { on: this.#overview?.debugUntil === null };
    await askServer(this.#id, 'debug', request);
    await this.read();
    return t(`oura-sidebar.outcome.${request.on ? 'debug' : 'debugOff'}`);
  }
}

function relabel(button: HTMLButtonElement, key: string): void {
  const words = button.querySelector('span');
  const text = t(`oura-sidebar.button.${key}`);
  if (words !== null && words.textContent !== text) words.textContent = text;
}

/** What makes a foldable part the same one after everything was drawn anew. */
function partKey(part: HTMLDetailsElement | null | undefined): string {
  return part?.closest<HTMLElement>('[data-family]')?.dataset['family'] ?? part?.className ?? '';
}
