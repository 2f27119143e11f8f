import { delay } from './delay';

/** The machine's clock (port Clock). */
export const systemClock = {
  now: (): number => Date.now(),
  delay,
} as const;
