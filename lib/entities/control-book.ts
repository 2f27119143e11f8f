import * as z from 'zod';
import { Subscribers } from '../async/subscribers';
import { CONTROL_KEYS, controlOf, isControlKey, type ControlKey } from '../catalogue/controls';
import { OuraError } from '../errors/oura-error';
import type { Settings } from '../ports/settings';
import type { ControlValues } from './control-values';

export type ControlValue = string | number | boolean;

/** A control that has another value now. */
export interface ControlChange {
  readonly key: ControlKey;
  readonly value: ControlValue;
  readonly previous: ControlValue;
}

const SETTING = 'controls';
const PAUSE = 'pause_until_tomorrow';
const kept = z.record(z.string(), z.unknown()).catch({});

/** What a person has chosen, kept with the person and shared by all that serve them; what was never chosen is the catalogue's default. */
export class ControlBook implements ControlValues {
  readonly #settings: Settings;
  readonly #chosen: Map<ControlKey, ControlValue>;
  #pausedUntil: number | null;
  /** Hears each change, whoever made it. */
  readonly changes: Subscribers<ControlChange>;

  /** @param onError hears what a listener threw */
  constructor(settings: Settings, onError: (error: unknown) => void) {
    this.#settings = settings;
    this.changes = new Subscribers(onError);
    const saved = kept.parse(settings.load(SETTING));
    this.#chosen = new Map(
      CONTROL_KEYS.flatMap((key) => {
        const value = key === PAUSE ? null : checked(key, saved[key]);
        return value === null ? [] : [[key, value] as const];
      }),
    );
    const until = saved[PAUSE];
    this.#pausedUntil = typeof until === 'number' ? until : null;
  }

  get pausedUntil(): number | null {
    return this.#pausedUntil;
  }

  select(key: ControlKey): string {
    const value = this.value(key);
    if (typeof value !== 'string') throw new OuraError('control_invalid', { key });
    return value;
  }

  number(key: ControlKey): number {
    const value = this.value(key);
    if (typeof value !== 'number') throw new OuraError('control_invalid', { key });
    return value;
  }

  isOn(key: ControlKey): boolean {
    const value = this.value(key);
    if (typeof value !== 'boolean') throw new OuraError('control_invalid', { key });
    return value;
  }

  /** What is chosen, or the default; null for a button. */
  value(key: ControlKey): ControlValue | null {
    if (key === PAUSE) return this.#pausedUntil !== null;
    const control = controlOf(key);
    return control.kind === 'button' ? null : (this.#chosen.get(key) ?? control.default);
  }

  /**
   * Chooses. The value is kept when this returns.
   * @param tomorrow when the person's next local day begins, epoch ms: until then everything rests that shall pause
   * @returns whether anything changed
   * @throws OuraError control_invalid: no such control, or not a value it can take
   */
  set(key: string, value: unknown, tomorrow: number): boolean {
    if (!isControlKey(key)) throw new OuraError('control_invalid', { key });
    const wanted = checked(key, value);
    const previous = this.value(key);
    if (wanted === null || previous === null) throw new OuraError('control_invalid', { key });
    if (wanted === previous) return false;
    if (key === PAUSE) this.#pausedUntil = wanted === true ? tomorrow : null;
    else this.#chosen.set(key, wanted);
    this.#settings.save(SETTING, {
      ...Object.fromEntries(this.#chosen),
      ...(this.#pausedUntil !== null && { [PAUSE]: this.#pausedUntil }),
    });
    this.changes.tell({ key, value: wanted, previous });
    return true;
  }

  /** Ends a pause whose time is over. */
  endPause(now: number): void {
    if (this.#pausedUntil !== null && now >= this.#pausedUntil) this.set(PAUSE, false, now);
  }
}

/** The value as the control can take it; null = it cannot. Home Assistant checks no steps, nor do we. */
function checked(key: ControlKey, value: unknown): ControlValue | null {
  const control = controlOf(key);
  switch (control.kind) {
    case 'select':
      return typeof value === 'string' && control.options.includes(value) ? value : null;
    case 'number':
      return typeof value === 'number' && value >= control.min && value <= control.max ? value : null;
    case 'switch':
      return typeof value === 'boolean' ? value : null;
    case 'button':
      return null;
  }
}
