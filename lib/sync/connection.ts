import type { Budget } from '../api/budget';
import type { OuraClient } from '../api/oura-client';
import type { Clock } from '../ports/clock';

/** What an account needs to talk to Oura. */
export interface Connection {
  readonly client: OuraClient;
  readonly budget: Budget;
  /** The account's time: the machine's, or the demo's. */
  readonly clock: Clock;
  /** Demo only: moves the clock to the next morning. @returns the new time, epoch ms */
  readonly nextMorning: (() => number) | null;
  /** Called when the person is known: what was counted meanwhile goes to their settings. */
  readonly onPerson: (personId: string) => void;
  readonly close: () => Promise<void>;
}
