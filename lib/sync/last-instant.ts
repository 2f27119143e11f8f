import type { IncomingRow } from '../ports/series';

/**
 * Rows of one instant must reach the store together, because their order gives them their identity. So the rows of a page's last instant
 * wait until the next page has shown whether the instant goes on there. A row that comes again at such a seam counts once.
 */
export class LastInstant {
  #held: readonly IncomingRow[] = [];

  /** Takes a page. @returns what can be written: the rows held so far and this page's, but for its last instant */
  take(rows: readonly IncomingRow[]): readonly IncomingRow[] {
    if (rows.length === 0) return [];
    const known = new Set(this.#held.map(({ body }) => JSON.stringify(body)));
    const heldTime = this.#held[0]?.time;
    const fresh = known.size === 0 ? rows : rows.filter(({ time, body }) => time !== heldTime || !known.has(JSON.stringify(body)));
    const all = [...this.#held, ...fresh];
    const last = all.at(-1)?.time;
    const end = all.findLastIndex(({ time }) => time !== last) + 1;
    this.#held = all.slice(end);
    return all.slice(0, end);
  }

  /** The rows still held. */
  rest(): readonly IncomingRow[] {
    const rest = this.#held;
    this.#held = [];
    return rest;
  }
}
