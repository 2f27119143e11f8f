import * as z from 'zod';
import type { Span } from '../api/split-span';
import type { EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { StoreKeeper } from './store-keeper';

/** `late`: rows came late there once, so that more may follow although no hole is left. Instants are epoch ms. */
const entry = z.object({ fromMs: z.number(), toMs: z.number(), askedAt: z.number(), late: z.boolean() });

type Entry = z.infer<typeof entry>;
type Candidate = Pick<Entry, 'fromMs' | 'toMs' | 'askedAt'>;

/**
 * Where rows of a series were looked for, in SyncState under `holes:<endpoint>`. Rows may come days late and a part at a time, so a hole,
 * and what was one, is asked for again until it is old; what is still empty then is taken for a time without the ring.
 */
export class HoleBook {
  readonly #keeper: StoreKeeper;
  readonly #key: string;
  #entries: readonly Entry[];

  constructor(keeper: StoreKeeper, endpoint: EndpointKey) {
    this.#keeper = keeper;
    this.#key = `holes:${endpoint}`;
    const saved = z.array(entry).safeParse(keeper.current.state.load(this.#key));
    this.#entries = saved.success ? saved.data : [];
  }

  /**
   * The stretches to ask for, near ones as one: first those not asked for so long or never, of these the newest.
   * @param within the stretch that is compared
   */
  due(holes: readonly Span[], within: Span): readonly Span[] {
    const late = this.#entries.filter(({ late, fromMs, toMs }) => late && toMs > within.fromMs && fromMs < within.toMs);
    const candidates: readonly Candidate[] = [...late, ...holes.map((hole) => ({ ...hole, askedAt: this.#askedAt(hole) }))];
    const open = candidates.filter(({ toMs, askedAt }) => askedAt < toMs + LIMITS.seriesLateMs);
    return joined(open)
      .toSorted((a, b) => Math.sign(a.askedAt - b.askedAt) || b.toMs - a.toMs)
      .slice(0, LIMITS.reconcileHolesMax);
  }

  /** Notes that a stretch was asked for. @param left the holes in it since; @param brought whether rows came */
  note(asked: Span, left: readonly Span[], brought: boolean, askedAt: number): void {
    const isInside = ({ fromMs, toMs }: Span): boolean => fromMs >= asked.fromMs && toMs <= asked.toMs;
    const late = brought || this.#entries.some((known) => known.late && isInside(known));
    const noted = (late ? [asked] : left).map(({ fromMs, toMs }) => ({ fromMs, toMs, askedAt, late }));
    const others = this.#entries.filter((known) => !isInside(known));
    this.#entries = [...others, ...noted].toSorted((a, b) => a.toMs - b.toMs).slice(-LIMITS.holesRememberedMax);
    this.#keeper.write((store) => {
      store.state.save(this.#key, this.#entries);
    });
  }

  /** When all of a hole was last asked for; -Infinity = never. */
  #askedAt(hole: Span): number {
    const containing = this.#entries.filter(({ fromMs, toMs }) => fromMs <= hole.fromMs && toMs >= hole.toMs);
    return containing.reduce((latest, { askedAt }) => Math.max(latest, askedAt), -Infinity);
  }
}

function joined(candidates: readonly Candidate[]): readonly Candidate[] {
  const whole: Candidate[] = [];
  for (const next of candidates.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = whole.at(-1);
    if (last === undefined || next.fromMs - last.toMs > LIMITS.seriesHoleJoinMs) whole.push(next);
    else
      whole[whole.length - 1] = {
        fromMs: last.fromMs,
        toMs: Math.max(last.toMs, next.toMs),
        askedAt: Math.min(last.askedAt, next.askedAt),
      };
  }
  return whole;
}
