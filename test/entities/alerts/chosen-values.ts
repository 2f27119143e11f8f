import { controlOf, type ControlKey } from '../../../lib/catalogue/controls';
import type { ControlValues } from '../../../lib/entities/control-values';

/** What a person has chosen, in a test: the defaults until one is set. */
export class ChosenValues implements ControlValues {
  pausedUntil: number | null = null;
  readonly #chosen = new Map<ControlKey, string | number | boolean>();

  set(key: ControlKey, value: string | number | boolean): void {
    this.#chosen.set(key, value);
  }

  select(key: ControlKey): string {
    return String(this.#read(key));
  }

  number(key: ControlKey): number {
    return Number(this.#read(key));
  }

  isOn(key: ControlKey): boolean {
    return this.#read(key) === true;
  }

  #read(key: ControlKey): string | number | boolean | undefined {
    const row = controlOf(key);
    return this.#chosen.get(key) ?? (row.kind === 'button' ? undefined : row.default);
  }
}
