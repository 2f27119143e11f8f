import type { LivedDay } from '../../lib/simulator/person/simulated-person';
import { measure } from './measure';
import { oracle } from './oracle';
import type { Scene } from './scene';
import { usualDays } from './usual-days';

/** What an oracle needs for a delay: requests a day; waking delays in minutes. */
export interface CurvePoint {
  readonly price: number;
  readonly requests: number;
  readonly p50: number;
  readonly mean: number;
}

/** By what the oracle knows: the law and how the person's days usually go, or also how each day goes. */
export interface Curves {
  readonly law: readonly CurvePoint[];
  readonly day: readonly CurvePoint[];
}

/** Something for each of the two oracles. */
export type ByOracle<T> = Readonly<Record<keyof Curves, T>>;

const PRICES = Array.from({ length: 16 }, (_, n) => 0.5 * 1.55 ** n);

/** Both oracles at many prices of a request, from eager to sparing. */
export function curvesOf(scene: Scene): Curves {
  return { law: curveOf(scene, usualDays(scene)), day: curveOf(scene, daysThemselves(scene)) };
}

/** The ways of days that are known beforehand. */
export function daysThemselves({ days }: Pick<Scene, 'days'>): readonly (readonly LivedDay[])[] {
  return days.map((day) => [day]);
}

function curveOf(scene: Scene, ways: readonly (readonly LivedDay[])[]): readonly CurvePoint[] {
  return PRICES.map((price) => {
    const { requests, delay } = measure(scene, oracle(scene, price, ways));
    return { price: Number(price.toFixed(3)), requests: requests.mean, p50: delay.waking.p50, mean: delay.waking.mean };
  });
}

/** The fewest requests a day with which an oracle comes to this delay, between two points of its curve on a straight line; null = beyond its ends. */
export function requestsAt(curve: readonly CurvePoint[], by: 'p50' | 'mean', minutes: number): number | null {
  for (let n = curve.length - 1; n > 0; n -= 1) {
    const [eager, sparing] = [curve[n - 1], curve[n]];
    if (eager === undefined || sparing === undefined || minutes < eager[by] || minutes > sparing[by]) continue;
    const share = sparing[by] === eager[by] ? 0 : (minutes - eager[by]) / (sparing[by] - eager[by]);
    return eager.requests + share * (sparing.requests - eager.requests);
  }
  return null;
}
