import type { EndpointKey } from '../../lib/catalogue/endpoints';
import { element } from '../support/element';
import { isRetention, retentionProperty } from './retention';

/** A field for each family: how many days its data is kept. */
export class RetentionRows {
  readonly #inputs: ReadonlyMap<EndpointKey, HTMLInputElement>;

  /** @param place is filled with the fields @param property as saved */
  constructor(place: HTMLElement, t: Translate, families: readonly EndpointKey[], property: unknown) {
    const saved = typeof property === 'object' && property !== null ? (property as Readonly<Record<string, unknown>>) : {}; // any object
    this.#inputs = new Map(families.map((family) => [family, inputOf(family, saved[family])]));
    place.replaceChildren(
      ...[...this.#inputs].map(([family, input]) =>
        element('label', { class: 'oura-days' }, element('span', {}, t(`family.${family}.label`)), input),
      ),
    );
  }

  get days(): Readonly<Record<string, string | number>> {
    return retentionProperty(Object.fromEntries([...this.#inputs].map(([family, { value }]) => [family, value])));
  }
}

function inputOf(family: EndpointKey, saved: unknown): HTMLInputElement {
  const input = element('input', { type: 'text', id: `oura-days-${family}`, inputmode: 'numeric', autocomplete: 'off' });
  input.value = typeof saved === 'number' || typeof saved === 'string' ? saved.toString() : '';
  input.addEventListener('input', () => {
    const isWrong = !isRetention(input.value);
    input.classList.toggle('input-error', isWrong);
    input.setAttribute('aria-invalid', isWrong.toString());
  });
  return input;
}
