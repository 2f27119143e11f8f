import { controlOf, type ControlKey } from '../catalogue/controls';
import type { EntityState } from '../home/entity';
import { isoInstant } from '../sources/iso-instant';
import type { ControlBook } from './control-book';

/** What the entity of a control shows; null for a button, of which Home Assistant shows by itself when it was pressed. */
export function showControl(key: ControlKey, book: ControlBook): EntityState | null {
  if (controlOf(key).kind === 'button') return null;
  const until = key === 'pause_until_tomorrow' ? book.pausedUntil : null;
  return { key, state: book.value(key), attributes: until === null ? {} : { until: isoInstant(until) }, lastReset: null };
}
