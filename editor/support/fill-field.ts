import { element } from './element';

/** Fills a field of a config node that Node-RED left empty. A choice that is not offered, such as `${NAME}`, is kept as it is. */
export function fillField(name: string, saved: string | number, fallback: string): void {
  const input = document.querySelector<HTMLInputElement | HTMLSelectElement>(`#node-config-input-${name}`);
  if (input?.value !== '') return;
  const value = saved === '' ? fallback : saved.toString();
  if (input instanceof HTMLSelectElement && saved !== '') input.append(element('option', { value }, value));
  input.value = value;
}
