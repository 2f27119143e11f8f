/** Lengths of time in milliseconds. */
export const MS = { second: 1000, epoch: 30_000, minute: 60_000, fiveMinutes: 300_000, hour: 3_600_000, day: 86_400_000 } as const;
