/**
 * By what law the ring's data reaches the cloud. Minutes; ranges are uniform. `Syncs` draws from it, and whoever wants to know how good
 * guessing can be at best reads it.
 */
export const SYNC_LAW = {
  /** Share of days on which the app stays closed, unless the person's habits say otherwise. */
  appForgotten: 0.05,
  /** Share of days on which it is opened late; the person who forgets it more often opens it late less often. */
  appLate: 0.08,
  /** From waking to the first opening of the app, on most days and on late ones. */
  morning: { from: 5, to: 40 },
  late: { from: 180, to: 800 },
  /** A second opening, so long before going to bed, and no sooner than `apart` after the first. */
  evening: { chance: 0.45, from: 20, to: 180, apart: 10 },
  /** From waking to the first sync by itself and from one to the next, until bedtime; on some days there is none. */
  background: { none: 0.04, from: 60, to: 180 },
  /** One sync at night, so long after going to bed. */
  night: { chance: 0.25, from: 90, to: 210 },
  /** The person corrects or deletes some nights, so long after the cloud first showed them. */
  amended: { chance: 0.059, fromHours: 4, toHours: 30 },
  /** Share of days that begin one day without the phone, and two. */
  away: { one: 0.012, two: 0.005 },
} as const;

/** Shares of days on which the app stays closed, and on which it is opened late. */
export function appShares(forgotten: number = SYNC_LAW.appForgotten): { readonly forgotten: number; readonly late: number } {
  return { forgotten, late: SYNC_LAW.appLate * ((1 - forgotten) / (1 - SYNC_LAW.appForgotten)) };
}
