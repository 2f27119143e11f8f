import { OuraError } from '../../errors/oura-error';
import { MS } from './units';

/** Calendar days as whole numbers since 1970-01-01, so that days can be added and hashed. */
export const civil = {
  /** `YYYY-MM-DD` of a day number. */
  text(day: number): string {
    return new Date(day * MS.day).toISOString().slice(0, 10);
  },
  /** @throws OuraError date_invalid for anything but an existing day spelt `YYYY-MM-DD` */
  number(text: string, name: string): number {
    const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
    if (Number.isNaN(ms) || civil.text(ms / MS.day) !== text) throw new OuraError('date_invalid', { name });
    return ms / MS.day;
  },
  /** 0 Sunday to 6 Saturday; 1970-01-01 was a Thursday. */
  weekday(day: number): number {
    return (((day + 4) % 7) + 7) % 7;
  },
} as const;
