/** The machine's chance (port Random). */
export const systemRandom = { next: (): number => Math.random() } as const;
