/**
 * How often to look for something that arrives by chance.
 *
 * Whoever looks at rate r (per minute) waits 1/r between two looks, so what arrives in between waits 1/(2r) on average. Where arrivals come
 * at rate h, one minute costs r looks of price mu (a look costs as much as mu minutes of delay) and a delay of h/(2r):
 *
 *     minimise over r:  mu r + h / (2 r)      =>      r = sqrt(h / (2 mu))
 *
 * For a renewal process h is the hazard, the rate given the time since the last arrival and that nothing has come since; the cost of each
 * minute is its own, so the rule holds minute by minute, as long as h changes little between two looks. It is the square-root rule for how
 * often to refresh copies of sources that change (Cho & Garcia-Molina 2003, Effective page refresh policies for web crawlers, ACM TODS 28;
 * for checkpoints Young 1974, for inspections Barlow & Proschan 1965). `test/bench/freshness.spec.ts` holds it against the best schedule
 * found by trying all.
 *
 * @param hazard arrivals per minute, each weighed by how many things it brings
 * @param price minutes of delay that one look is worth
 * @returns looks per minute
 */
export function looksPerMinute(hazard: number, price: number): number {
  return Math.sqrt(hazard / (2 * price));
}
