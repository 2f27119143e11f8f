import type { PasteRequest, Progress, StartAnswer, StartRequest } from '../../../lib/accounts/wire';
import { chip, type Tone } from '../../support/chip';
import { element } from '../../support/element';
import { pause } from '../../support/pause';
import { toldText } from '../../support/told-text';
import { Refused } from '../../support/refused';
import { Unanswered } from '../../support/unanswered';
import type { Context } from '../context';
import type { Panel } from '../panel';
import { partOf } from '../part-of';
import type { SignInProgress } from '../sign-in-progress';
import { SignInWindow } from '../sign-in-window';
import type { Step } from '../steps-of';

const LOOK_EVERY_MS = 1500;
const UNDER_WAY: readonly Progress['phase'][] = ['waiting', 'working'];
/** After which it is worth saying that the sign-in of before is still there. */
const ENDED_BADLY: readonly string[] = ['closed', 'failed', 'other_person'];
const ICONS: Readonly<Record<Progress['phase'], string>> = {
  none: 'fa-circle-o',
  waiting: 'fa-hourglass-half',
  working: 'fa-refresh fa-spin',
  other_person: 'fa-user-times',
  signed_in: 'fa-check-circle',
  failed: 'fa-exclamation-circle',
};

const TONES: Readonly<Record<Progress['phase'], Tone>> = {
  none: 'plain',
  waiting: 'plain',
  working: 'plain',
  other_person: 'bad',
  signed_in: 'good',
  failed: 'bad',
};

/** The sign-in at Oura in a window of its own, or by pasting the address the browser was sent to. */
export class AuthorisePanel implements Panel {
  readonly #context: Context;
  readonly #window: SignInWindow;
  #phase: Progress['phase'] = 'none';
  #signedIn = false;
  #begun = false;
  /** Counts what a person did and the rounds of looking. What was asked before the newest of them is answered in vain. */
  #newest = 0;
  #acting = 0;

  constructor(context: Context) {
    this.#context = context;
    this.#window = new SignInWindow(context.t('oura-account.authorise.opening'));
    this.#button('#oura-sign-in', () => this.#act(() => this.#start()));
    this.#button('#oura-sign-in-cancel', () => {
      this.#window.close();
      return this.#act(() => context.ask<SignInProgress>('cancel', {}));
    });
    this.#button('#oura-confirm-person', () => this.#act(() => context.ask<SignInProgress>('confirm-person', {})));
    const paste = this.#button('#oura-paste', () => this.#paste());
    partOf(context.root, '#oura-address').addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') paste.click();
    });
  }

  shown(): void {
    if (this.#acting === 0) this.#context.run(null, () => this.#watch());
  }

  answer(): Promise<boolean> {
    if (this.#signedIn) return Promise.resolve(true);
    this.#context.say(this.#context.t('oura-account.authorise.first'));
    partOf(this.#context.root, '#oura-sign-in').focus();
    return Promise.resolve(false);
  }

  later(): readonly Step[] {
    return this.#signedIn ? [] : ['authorise', 'test'];
  }

  /** The dialog was cancelled: a sign-in that was begun in it is of no use, unless the account is there already. */
  abandon(): void {
    this.#window.close();
    if (!this.#begun) return; // the server knows whether the account can use what was finished
    this.#context.ask('cancel', {}).catch((error: unknown) => {
      if (!(error instanceof Refused || error instanceof Unanswered)) throw error; // it ends by itself after ten minutes
    });
  }

  /** Does what a person wants, shows what came of it, and looks on while it is under way. */
  async #act(task: () => Promise<SignInProgress>): Promise<void> {
    this.#newest += 1;
    const act = this.#newest;
    const isNewest = (): boolean => act === this.#newest && !this.#context.closing.aborted;
    this.#acting += 1;
    try {
      const progress = await task();
      if (isNewest()) this.#tell(progress);
    } finally {
      this.#acting -= 1;
      if (isNewest() && this.#isUnderWay) void this.#watch();
    }
  }

  async #start(): Promise<SignInProgress> {
    const { root, ask, values, t } = this.#context;
    this.#window.open(); // within the click, or the browser blocks it
    const link = partOf(root, '#oura-sign-in-link', HTMLAnchorElement);
    link.hidden = true;
    this.#begun = true;
    try {
      const request: StartRequest = { values: values() };
      const { authorizeUrl } = await ask<StartAnswer>('start', request);
      const isShown = this.#window.show(authorizeUrl);
      link.href = authorizeUrl;
      link.textContent = t(isShown ? 'oura-account.authorise.link' : 'oura-account.authorise.blocked');
      link.hidden = false;
    } catch (error) {
      this.#window.close();
      throw error;
    }
    return { phase: 'waiting', error: null, scopes: null, signedIn: this.#signedIn };
  }

  async #paste(): Promise<void> {
    const address = partOf(this.#context.root, '#oura-address', HTMLInputElement);
    const request: PasteRequest = { address: address.value.trim() };
    if (request.address === '') {
      this.#context.say(toldText(this.#context.t, { code: 'callback_invalid', params: {} })); // the server would take it for an answer
      address.focus();
      return;
    }
    this.#begun = true;
    await this.#act(() => this.#context.ask<SignInProgress>('paste', request));
    if (this.#phase === 'signed_in') address.value = '';
  }

  /** Looks, and again until the sign-in has ended. Only the newest round looks. */
  async #watch(): Promise<void> {
    const { ask, closing, report } = this.#context;
    this.#newest += 1;
    const round = this.#newest;
    const goesOn = (): boolean => !closing.aborted && round === this.#newest;
    do {
      try {
        const progress = await ask<SignInProgress>('progress');
        if (goesOn()) this.#tell(progress);
      } catch (error) {
        if (goesOn()) report(error); // and go on: Node-RED may be back soon
      }
      if (goesOn() && this.#isUnderWay) await pause(LOOK_EVERY_MS, closing);
    } while (goesOn() && this.#isUnderWay);
  }

  get #isUnderWay(): boolean {
    return UNDER_WAY.includes(this.#phase);
  }

  #tell(progress: SignInProgress): void {
    const { root, t, changed } = this.#context;
    const { phase, error, scopes, signedIn = phase === 'signed_in' } = progress;
    this.#phase = phase;
    this.#signedIn = signedIn;
    if (!this.#isUnderWay) {
      this.#window.close();
      partOf(root, '#oura-sign-in-link').hidden = true;
    }
    const shown = phase === 'waiting' && this.#window.isGone ? 'closed' : phase;
    const kept = signedIn && ENDED_BADLY.includes(shown) ? [t('oura-account.phase.kept')] : [];
    const isTold = error !== null && phase !== 'other_person'; // whose text says what to do here
    const words = [t(`oura-account.phase.${shown}`), ...(isTold ? [toldText(t, error)] : []), ...kept];
    const chips = phase === 'signed_in' ? (scopes ?? []).map((scope) => chip(t(`scope.${scope}`), 'good')) : [];
    this.#say(ICONS[phase], words.join(' '), ...chips);
    partOf(root, '#oura-sign-in-cancel').hidden = !this.#isUnderWay && phase !== 'other_person';
    partOf(root, '#oura-sign-in-cancel > span').textContent = t(
      `oura-account.button.${phase === 'other_person' ? 'keepPerson' : 'cancelSignIn'}`,
    );
    partOf(root, '#oura-other-person').hidden = phase !== 'other_person';
    changed();
    partOf(root, '#oura-sign-in').classList.toggle('primary', !this.#signedIn);
    partOf(root, '#oura-sign-in > span').textContent = t(`oura-account.button.${this.#signedIn ? 'signInAgain' : 'signIn'}`);
  }

  /** Says it once: a screen reader reads what changes. */
  #say(icon: string, text: string, ...chips: readonly Node[]): void {
    const place = partOf(this.#context.root, '#oura-sign-in-state');
    const line = element('p', {}, element('i', { class: `fa ${icon}`, 'aria-hidden': 'true' }), ` ${text}`);
    const said = [line, ...(chips.length === 0 ? [] : [element('p', { class: 'oura-chips' }, ...chips)])];
    place.dataset['tone'] = TONES[this.#phase];
    if (place.textContent !== said.map(({ textContent }) => textContent).join('')) place.replaceChildren(...said);
  }

  #button(selector: string, task: () => Promise<void>): HTMLElement {
    const button = partOf(this.#context.root, selector);
    button.addEventListener('click', () => {
      this.#context.run(button, task);
    });
    return button;
  }
}
