import { createHmac } from 'node:crypto';
import type { Bounds } from './window-of';

/** Where the next page begins: after `skip` documents with this anchor. */
export interface PagePosition extends Bounds {
  readonly anchorMs: number;
  readonly skip: number;
}

/** Opaque `next_token`s. One belongs to a collection, a person and a set of parameters, and carries the window. */
export class PageTokens {
  readonly #key: string;

  /** @param key secret that makes tokens of others unknown */
  constructor(key: string) {
    this.#key = key;
  }

  /** @param request everything the token belongs to, as one text */
  write(request: string, position: PagePosition): string {
    const { fromMs, toMs, anchorMs, skip } = position;
    const text = [fromMs, toMs, anchorMs, skip].join('_');
    return Buffer.from(`${text}_${this.#sign(request, text)}`).toString('base64url');
  }

  /** @returns null for a token this server never gave out for this request */
  read(request: string, token: string): PagePosition | null {
    const parts = Buffer.from(token, 'base64url').toString('latin1').split('_');
    const signature = parts.pop();
    if (parts.length !== 4 || signature !== this.#sign(request, parts.join('_'))) return null;
    const [fromMs = 0, toMs = 0, anchorMs = 0, skip = 0] = parts.map(Number);
    return { fromMs, toMs, anchorMs, skip };
  }

  #sign(request: string, text: string): string {
    return createHmac('sha256', this.#key).update(`${request} ${text}`).digest('hex').slice(0, 16);
  }
}
