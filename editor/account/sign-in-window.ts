import { Refused } from '../support/refused';

const FEATURES = 'popup,width=560,height=760';

/** The window in which a person allows the access at Oura. */
export class SignInWindow {
  readonly #opening: string;
  #window: Window | null = null;

  /** @param opening words shown until Oura's page comes */
  constructor(opening: string) {
    this.#opening = opening;
  }

  /** Whether it was there and is closed now, or Oura's page has cut it off from us. */
  get isGone(): boolean {
    return this.#window?.closed ?? false;
  }

  /** Opens it empty. Only within a click, or the browser blocks it. */
  open(): void {
    this.close();
    this.#window = window.open('about:blank', '_blank', FEATURES);
    if (this.#window === null) return;
    this.#window.document.title = this.#opening;
    this.#window.document.body.textContent = this.#opening;
  }

  /** Sends it to an address. @returns whether there is such a window @throws Refused for an address that is no page */
  show(address: string): boolean {
    if (!URL.canParse(address) || !['https:', 'http:'].includes(new URL(address).protocol))
      throw new Refused({ errors: [{ code: 'address_invalid', params: {}, field: 'authorizeUrl' }] });
    if (this.#window === null || this.#window.closed) return false;
    this.#window.opener = null; // the page there has no business with the editor
    this.#window.location.href = address;
    return true;
  }

  /** Closes it, unless it shows a page of somebody else: the browser does not let us. */
  close(): void {
    if (this.#window !== null && isOurs(this.#window)) this.#window.close();
    this.#window = null;
  }
}

function isOurs(window: Window): boolean {
  try {
    return window.location.href !== '';
  } catch (error) {
    if (error instanceof DOMException) return false; // another origin
    throw error;
  }
}
