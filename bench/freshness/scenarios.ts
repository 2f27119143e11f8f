import type { Habits } from '../../lib/simulator/types';

const DAY_MS = 86_400_000;

/** A person, and what goes wrong. Days are counted from the first one that counts. */
export interface Scenario {
  readonly key: string;
  /** For the table. */
  readonly who: string;
  readonly seed: string;
  readonly habits: Habits;
  /** Days (from, to) on which the ring lies in a drawer. */
  readonly ringOff: readonly [number, number] | null;
  /** Oura answers nothing: the first half of the time 503, then the connection ends without an answer. */
  readonly outage: Span | null;
  /** Times in which no event of a webhook is delivered, nor later. */
  readonly silences: readonly Span[];
}

/** Milliseconds from the beginning of the first counted day. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const HOUR_MS = 3_600_000;
const USUAL = { seed: 'aino', habits: {}, ringOff: null, outage: null, silences: [] } as const;

const twoDays = (from: number): Span => ({ from, to: from + 2 * DAY_MS });

export const SCENARIOS: readonly Scenario[] = [
  { ...USUAL, key: 'regular', who: 'Regular days' },
  { ...USUAL, key: 'shifts', who: 'Night shifts every other week', seed: 'eetu', habits: { nightShifts: true } },
  { ...USUAL, key: 'forgetful', who: 'Opens the app one day in three', seed: 'helmi', habits: { appForgotten: 2 / 3 } },
  { ...USUAL, key: 'traveller', who: 'Travels every third week', seed: 'veikko', habits: { travels: true } },
  { ...USUAL, key: 'ring-off', who: 'Ring off for three days', seed: 'venla', ringOff: [5, 7] },
  { ...USUAL, key: 'outage', who: 'Oura away for six hours', outage: { from: 2 * DAY_MS + 8 * HOUR_MS, to: 2 * DAY_MS + 14 * HOUR_MS } },
  {
    ...USUAL,
    key: 'silence',
    who: 'Webhooks silent for two days, six times',
    silences: [5, 8, 11, 14, 17, 20].map((hour, n) => twoDays((10 * n + 2) * DAY_MS + hour * HOUR_MS)),
  },
];
