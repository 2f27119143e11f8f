import { DateTime } from 'luxon';
import { localDay } from './local-day';

/** The local calendar day and hour (0 to 23) of an instant. @param zone IANA zone or a fixed offset such as `UTC+2` */
export function localTime(ms: number, zone: string): { readonly day: string; readonly hour: number } {
  return { day: localDay(ms, zone), hour: DateTime.fromMillis(ms, { zone }).hour };
}
