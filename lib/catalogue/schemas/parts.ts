import * as z from 'zod';

/** Earliest year a document can be of; `0024-11-11` is a date to the API, not to us. */
const EARLIEST_DAY = '1970-01-01';

/** A local calendar day, `YYYY-MM-DD`. */
export const day = z.iso.date().refine((value) => value >= EARLIEST_DAY, { error: 'day before 1970' });
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
/** Date-times that need no second look: rows come by the million. */
const USUAL =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** Date-time; Oura spells it with `Z`, with an offset, with and without fractions, and in some families without an offset. */
export const instant = z
  .string()
  .refine((value) => USUAL.test(value) || (DATE_TIME.test(value) && !Number.isNaN(Date.parse(value))), { error: 'expected datetime' });
/** Nullable and optional: the API documents fewer absences than it has. */
export const number = z.number().nullish();
export const text = z.string().nullish();
export const flag = z.boolean().nullish();

/** Samples at a fixed interval in seconds; nulls inside are gaps. */
export const sample = z.looseObject({ interval: z.number(), items: z.array(z.number().nullable()), timestamp: instant }).nullish();

/** Contributors: named numbers, any of them null; unknown ones pass. */
export const contributors = z
  .record(z.string(), z.unknown())
  .refine((value) => Object.values(value).every((one) => one === null || typeof one === 'number'), {
    error: 'contributors must be numbers or null',
  });
