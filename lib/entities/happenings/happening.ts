import type { EventKey } from '../event-rows';

/** Something that happened to a person's data, told once. */
export interface Happening {
  readonly key: EventKey;
  readonly eventType: string;
  /** `oura_<key>` on Home Assistant's bus. */
  readonly busEvent: `oura_${EventKey}`;
  /** Last parts of the message's topic: `event/night_arrived`, `alert/readiness`. */
  readonly topic: string;
  /** Durations in minutes, as entities show them. They may hold health values: for Home Assistant and messages, never for a log. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** When we learned of it, epoch ms of the account's clock. */
  readonly at: number;
  /** Learned of so long ago (LIMITS.eventKeepMs) that an event entity must not show it as new. */
  readonly isLate: boolean;
}
