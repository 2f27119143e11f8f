import { measure } from './measure';
import { oracle } from './oracle';
import type { Scene } from './scene';

/** What the oracle needs for a delay: requests a day; waking delays in minutes. */
export interface CurvePoint {
  readonly price: number;
  readonly requests: number;
  readonly p50: number;
  readonly mean: number;
}

const PRICES = Array.from({ length: 13 }, (_, n) => 0.8 * 1.55 ** n);

/** The oracle at many prices of a request, from eager to sparing. */
export function curveOf(scene: Scene): readonly CurvePoint[] {
  return PRICES.map((price) => {
    const { requests, delay } = measure(scene, oracle(scene, price));
    return { price: Number(price.toFixed(3)), requests: requests.mean, p50: delay.waking.p50, mean: delay.waking.mean };
  });
}

/** Requests a day the oracle needs for this delay, between two points of the curve on a straight line; null = beyond its ends. */
export function requestsAt(curve: readonly CurvePoint[], by: 'p50' | 'mean', minutes: number): number | null {
  for (let n = 1; n < curve.length; n += 1) {
    const [eager, sparing] = [curve[n - 1], curve[n]];
    if (eager === undefined || sparing === undefined || minutes < eager[by] || minutes > sparing[by]) continue;
    const share = sparing[by] === eager[by] ? 0 : (minutes - eager[by]) / (sparing[by] - eager[by]);
    return eager.requests + share * (sparing.requests - eager.requests);
  }
  return null;
}
