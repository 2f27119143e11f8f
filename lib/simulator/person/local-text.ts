import { MS } from './units';

/** Date-times as Oura spells them. */
export const localText = {
  /** `2026-05-01T23:05:14+03:00`; `offset` in ms. */
  seconds(instant: number, offset: number): string {
    return new Date(instant + offset).toISOString().slice(0, 19) + offsetText(offset);
  },
  /** `2026-05-01T23:05:14.000+03:00`, as sample series spell their start; `offset` in ms. */
  milliseconds(instant: number, offset: number): string {
    return new Date(instant + offset).toISOString().slice(0, 23) + offsetText(offset);
  },
} as const;

function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / MS.minute);
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${hours}:${String(minutes % 60).padStart(2, '0')}`;
}
