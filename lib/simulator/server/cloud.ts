import type { MovableClock } from '../movable-clock';
import type { Random } from '../../ports/random';
import type { PersonData } from './person-data';
import type { RateLimiter } from './rate-limiter';
import type { SettingsBook } from './settings-book';
import type { Application } from './simulator-options';
import type { TokenBook } from './token-book';

/** What all routes of one server share. */
export interface Cloud {
  readonly clock: MovableClock;
  readonly random: Random;
  readonly settings: SettingsBook;
  /** by `id` of personal_info, in the order given */
  readonly persons: ReadonlyMap<string, PersonData>;
  /** by client id, in the order given */
  readonly applications: Map<string, Application>;
  readonly tokens: TokenBook;
  readonly limiter: RateLimiter;
  /** persons whose membership has lapsed */
  readonly lapsed: Set<string>;
}
