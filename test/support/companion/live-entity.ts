import type { HomeClient } from '../home-server';
import type { Device, Entry } from './registries';
import { shownState, type Config, type Value } from './shown-state';
import type { ShownEntity } from './state-machine';

/** Kinds that people act on. */
export const TWO_WAY: ReadonlySet<string> = new Set(['button', 'number', 'select', 'switch', 'text', 'time']);

interface Subscription {
  readonly id: number;
  readonly client: HomeClient;
  isOver: boolean;
}

/** An entity of the companion while it is loaded. COMPANION.md, "Two-way" and "State and attributes". */
export class LiveEntity {
  readonly component: string;
  readonly entry: Entry;
  config: Config;
  isAvailable = true;
  /** Of an enum sensor, from update_config; kept by the source over discoveries. */
  options: readonly string[] | null = null;
  #text = 'unknown';
  #attributes: Readonly<Record<string, unknown>> = {};
  #newest: Subscription | null = null;

  constructor(component: string, entry: Entry, config: Config) {
    this.component = component;
    this.entry = entry;
    this.config = config;
  }

  get text(): string {
    return this.#text;
  }

  /** @returns what Home Assistant writes in its log; null = nothing */
  take(value: Value, attributes: Readonly<Record<string, unknown>>): string | null {
    this.#attributes = attributes;
    if (this.component === 'button') return null;
    const { text, complaint } = shownState(this.component, this.config, this.options, value);
    if (text === null) return complaint;
    this.#text = text;
    return complaint;
  }

  restore(text: string): void {
    this.#text = text;
  }

  /**
   * Commands are told on the newest discovery only; the end of a repeated one makes what people act on unavailable, the first one's not.
   * @param onLost called when that has happened
   */
  listen(id: number, client: HomeClient, isRepeated: boolean, onLost: () => void): void {
    const subscription: Subscription = { id, client, isOver: false };
    this.#newest = subscription;
    this.isAvailable = true;
    client.onEnd(id, () => {
      subscription.isOver = true;
      if (!isRepeated || !TWO_WAY.has(this.component)) return;
      this.isAvailable = false;
      onLost();
    });
  }

  /** A command without a listener succeeds and vanishes. @param pressedAt of a button */
  command(event: unknown, pressedAt: string | null): void {
    if (pressedAt !== null) this.#text = pressedAt; // the button shows its press by itself
    if (this.#newest !== null && !this.#newest.isOver) this.#newest.client.tell(this.#newest.id, event);
  }

  /** @param deviceName set where it goes before the entity's name */
  shown(device: Device | null, namesByDevice: boolean): ShownEntity {
    const { icon, unit_of_measurement: unit, device_class: kind, state_class: stateClass, options } = this.config;
    const { min_value: min, max_value: max, step_value: step, mode } = this.config;
    const numeric = this.component === 'number' ? { min, max, step, mode } : {};
    const known = {
      ...(icon !== undefined && { icon }),
      ...this.#attributes, // the icon wins, what follows loses
      ...(unit !== undefined && { unit_of_measurement: unit }),
      ...(kind !== undefined && { device_class: kind }),
      ...(stateClass !== undefined && { state_class: stateClass }),
      ...(this.component === 'select' ? { options } : this.options !== null && { options: this.options }),
      ...numeric,
      friendly_name: this.#friendlyName(device, namesByDevice),
    };
    return this.isAvailable
      ? { state: this.#text, attributes: known }
      : { state: 'unavailable', attributes: without(known, this.#attributes) };
  }

  #friendlyName(device: Device | null, namesByDevice: boolean): string {
    const name = this.entry.name ?? (typeof this.config['name'] === 'string' ? this.config['name'] : `nodered ${this.entry.uniqueId}`);
    if (!namesByDevice || device === null) return name;
    const prefix = device.name ?? 'Node-RED';
    return name.startsWith(prefix) ? name : `${prefix} ${name}`;
  }
}

/** Home Assistant shows no attributes of its own state while an entity is unavailable. */
function without(all: Readonly<Record<string, unknown>>, gone: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => !(key in gone)));
}
