/** An element of the dialog's page. @throws when the page lacks it */
export function partOf(root: Element, selector: string): HTMLElement;
export function partOf<Kind extends HTMLElement>(root: Element, selector: string, kind: new () => Kind): Kind;
export function partOf(root: Element, selector: string, kind: new () => HTMLElement = HTMLElement): HTMLElement {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the dialog has no ${selector}`);
  return found;
}
