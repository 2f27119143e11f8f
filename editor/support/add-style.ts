import { element } from './element';

/** Adds rules to the page, once. */
export function addStyle(id: string, css: string): void {
  if (document.getElementById(id) === null) document.head.append(element('style', { id }, css));
}
