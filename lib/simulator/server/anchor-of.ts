import type { Endpoint } from '../../catalogue/endpoint';
import type { Body } from '../../ports/documents';
import type { Zone } from './zone';

const UTC_TIME = /(?:[zZ]|[+-]\d{2}:?\d{2})$/;
/** The day of activity begins at 04:00 (recorded answers, December 2024). */
const ACTIVITY_DAY_HOUR = 4;

/**
 * The instant that the API compares with the window, of a document put by hand.
 * @returns 0 where the document has neither the day nor the start its family is found by
 */
export function anchorOf(row: Endpoint, body: Body, zone: Zone): number {
  const { anchor } = row.window;
  const day = row.day === null ? undefined : body[row.day];
  if (anchor === 'midnight' && typeof day === 'string') return zone.startOf(day);
  if (anchor === 'activity_day' && typeof day === 'string') return zone.startOf(day, ACTIVITY_DAY_HOUR);
  const start = row.start === null ? undefined : body[row.start];
  if (typeof start === 'string') return UTC_TIME.test(start) ? Date.parse(start) : zone.instantOf(Date.parse(`${start}Z`));
  return typeof day === 'string' ? zone.startOf(day) : 0;
}
