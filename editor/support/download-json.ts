import { element } from './element';

/** Lets the browser save something as a file. */
export function downloadJson(file: string, content: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }));
  element('a', { href: url, download: file }).click();
  URL.revokeObjectURL(url);
}
