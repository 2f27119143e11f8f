import { SCOPES, type Scope } from '../../../lib/catalogue/scopes';
import type { Found } from '../../../lib/accounts/wire';
import { element } from '../../support/element';
import { checkStep } from '../check-step';
import type { Context } from '../context';
import { offerEnvironment } from '../offer-environment';
import type { Panel } from '../panel';
import { partOf } from '../part-of';
import { addressHere, LOCAL_ADDRESS, redirectAddress, redirectNotes, type RedirectNote } from '../redirect-address';
import { chosenScopes, scopesProperty } from '../scope-choice';

const ALL = Object.keys(SCOPES) as Scope[]; // of a constant without further keys
/** As good a guess as any while the server has not told. */
const UNKNOWN: Found = { addOn: false, environment: [], callbackPath: '/oura/oauth/callback', callbackLogin: false };

/** The application registered at Oura: where Oura sends people back to, and what identifies it. */
export class ApplicationPanel implements Panel {
  readonly #context: Context;
  #found = UNKNOWN;

  constructor(context: Context) {
    this.#context = context;
    const { root, fields, found } = context;
    this.#showScopes();
    const copy = partOf(root, '#oura-copy', HTMLButtonElement);
    copy.addEventListener('click', () => {
      context.run(copy, () => this.#copy(copy));
    });
    fields.input('redirectUri').addEventListener('input', () => {
      this.#showNotes();
    });
    void found.then((answer) => {
      this.#found = answer ?? UNKNOWN;
      if (!context.closing.aborted) offerEnvironment(context, this.#found.environment, ['clientId', 'clientSecret']);
    });
  }

  /** Proposes an address only here: an account of another kind is not changed by looking at it. */
  shown(): void {
    const { fields, found, closing } = this.#context;
    void found.then(() => {
      if (closing.aborted) return;
      if (fields.get('redirectUri') === '') fields.input('redirectUri').value = redirectAddress(location, this.#found);
      this.#showNotes();
    });
  }

  answer(): Promise<boolean> {
    return checkStep(this.#context, 'application');
  }

  #showNotes(): void {
    const { root, fields, t } = this.#context;
    const notes = redirectNotes(fields.get('redirectUri'), location, this.#found);
    const here = addressHere(location, this.#found) ?? '';
    const ways: Readonly<Partial<Record<RedirectNote, HTMLElement>>> = {
      here: this.#way('useHere', here),
      plain_http: this.#way('useLocal', LOCAL_ADDRESS),
    };
    const lines = notes.map((note) => {
      const way = ways[note];
      return element('li', {}, t(`oura-account.redirect.${note}`, { address: here }), ...(way === undefined ? [] : [' ', way]));
    });
    partOf(root, '#oura-redirect-notes').replaceChildren(...lines);
  }

  /** A button that takes another address. */
  #way(text: string, address: string): HTMLElement {
    const { t, fields } = this.#context;
    const button = element('button', { type: 'button', class: 'red-ui-button' }, t(`oura-account.redirect.${text}`));
    button.addEventListener('click', () => {
      fields.set('redirectUri', address);
      fields.input('redirectUri').focus();
    });
    return button;
  }

  async #copy(button: HTMLElement): Promise<void> {
    const { fields, t } = this.#context;
    const input = fields.input('redirectUri');
    const copied = await copyText(input as HTMLInputElement); // the page says so
    const words = partOf(button, 'span');
    words.textContent = t(copied ? 'oura-account.button.copied' : 'oura-account.button.copyByHand');
  }

  #showScopes(): void {
    const { root, fields, t } = this.#context;
    const property = fields.get('scopes');
    if (property.startsWith('${')) {
      partOf(root, '#oura-scopes').replaceChildren(element('code', {}, property));
      return;
    }
    const chosen = chosenScopes(property);
    const boxes = ALL.map((scope) => {
      const box = element('input', { type: 'checkbox', id: `oura-scope-${scope}`, value: scope });
      box.checked = chosen.includes(scope);
      return box;
    });
    partOf(root, '#oura-scopes').replaceChildren(
      ...boxes.map((box) => element('label', { class: 'oura-check' }, box, element('span', {}, t(`scope.${box.value}`)))),
    );
    for (const box of boxes)
      box.addEventListener('change', () => {
        if (!boxes.some(({ checked }) => checked)) box.checked = true; // no permission at all would be no sign-in
        fields.set('scopes', scopesProperty(boxes.filter(({ checked }) => checked).map(({ value }) => value)));
      });
  }
}

/** Copies what a field holds. On plain http a browser has no clipboard but the old command. @returns whether it was copied */
async function copyText(input: HTMLInputElement): Promise<boolean> {
  if (isSecureContext)
    try {
      await navigator.clipboard.writeText(input.value);
      return true;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // not allowed: the old way
    }
  input.focus();
  input.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else copies on plain http
  return document.execCommand('copy');
}
