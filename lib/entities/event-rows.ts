import type { EndpointKey } from '../catalogue/endpoints';

/** One row is one event entity, and one event on Home Assistant's bus. */
export interface EventRow {
  readonly icon: `mdi:${string}`;
  readonly category: 'diagnostic' | null;
  readonly eventTypes: readonly string[];
  /** Families whose changes bring it; it is there when one of them may be published. Empty = always. */
  readonly families: readonly EndpointKey[];
}

/** What is told once. Keys share the name space of the metrics and never change; the event on the bus is `oura_<key>`. */
export const EVENT_ROWS = {
  night_arrived: { icon: 'mdi:bed-clock', category: null, eventTypes: ['arrived'], families: ['sleep'] },
  workout_finished: { icon: 'mdi:run', category: null, eventTypes: ['finished'], families: ['workout'] },
  session_finished: { icon: 'mdi:meditation', category: null, eventTypes: ['finished'], families: ['session'] },
  tag_added: { icon: 'mdi:tag-plus', category: null, eventTypes: ['added'], families: ['enhanced_tag'] },
  ring_synced: {
    icon: 'mdi:cellphone-nfc',
    category: 'diagnostic',
    eventTypes: ['synced'],
    families: ['heartrate', 'ring_battery_level', 'daily_activity'],
  },
  problem: { icon: 'mdi:alert-circle-outline', category: 'diagnostic', eventTypes: ['begun', 'solved'], families: [] },
  alert: { icon: 'mdi:bell-alert', category: null, eventTypes: ['started', 'ended'], families: [] },
} as const satisfies Record<string, EventRow>;

export type EventKey = keyof typeof EVENT_ROWS;

/** All event keys, in the table's order. */
export const EVENT_KEYS = Object.keys(EVENT_ROWS) as readonly EventKey[]; // Object.keys forgets the literal keys

/** The table's row under its general type. */
export function eventRowOf(key: EventKey): EventRow {
  return EVENT_ROWS[key];
}
