import type { Body } from '../ports/documents';

/** A body from the text a store keeps of it. */
export function parseBody(text: string): Body {
  return JSON.parse(text) as Body; // the stores write nothing but the text of a Body there
}
