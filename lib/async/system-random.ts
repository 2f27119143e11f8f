import { randomBytes } from 'node:crypto';

/** The machine's chance (port Random). */
export const systemRandom = { next: (): number => Math.random(), bytes: (length: number): Uint8Array => randomBytes(length) } as const;
