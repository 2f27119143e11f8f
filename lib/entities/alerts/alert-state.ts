import { z } from 'zod';

/** What is remembered of one alert: no value. Instants are epoch ms. */
export const alertState = z.object({
  /** When it started; null = it is not active. */
  since: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** Day of the data that it started with. */
  day: z.string().nullable(),
  /** What has happened but may not have been told yet. */
  owed: z.enum(['start', 'end']).nullable(),
  /** Its notification: held until the quiet hours are over, or shown. */
  notice: z.enum(['none', 'held', 'shown']),
});
export type AlertState = z.infer<typeof alertState>;

/** An alert that never was. */
export const NEVER: AlertState = { since: null, endedAt: null, day: null, owed: null, notice: 'none' };
