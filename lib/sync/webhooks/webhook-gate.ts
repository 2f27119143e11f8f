import { LIMITS } from '../../catalogue/limits';
import { isSigned } from './is-signed';
import { readEvent, type ToldEvent } from './read-event';
import { ReplayMemory } from './replay-memory';

/** Why a post does not get in, and the status that says so. Never 410: Oura would end the subscription. */
export const GATE_STATUS = { oversized: 413, signature: 401, stale: 401, replayed: 409, malformed: 400 } as const;
export type GateRefusal = keyof typeof GATE_STATUS;

/** Headers by names in lower case. */
export type PostHeaders = Readonly<Record<string, string | undefined>>;

export type Judgement =
  | { readonly refused: GateRefusal }
  | {
      readonly refused: null;
      readonly event: ToldEvent;
      /** Its signature counts only once from now on. */
      readonly accept: () => void;
    };

const TIMESTAMP = /^\d{1,16}(?:\.\d{1,9})?$/;
/** Seconds are below it for another thousand years, milliseconds above it since 1973. */
const MILLISECONDS_FROM = 1e11;
const SECOND_MS = 1000;

/** Judges the posts that come to one application's address: size, signature, time, whether it came before, content; in this order. */
export class WebhookGate {
  readonly #replays = new ReplayMemory({ keepMs: 2 * LIMITS.webhookSkewMs, max: LIMITS.webhookReplayMax });

  /** @param secrets of the application; more than one while it is being changed */
  judge(headers: PostHeaders, body: Buffer, secrets: Iterable<string>, now: number): Judgement {
    if (body.length > LIMITS.webhookMaxBytes) return { refused: 'oversized' };
    const timestamp = headers['x-oura-timestamp'] ?? '';
    const signature = headers['x-oura-signature'] ?? '';
    const at = instantOfHeader(timestamp);
    if (at === null || !isSigned({ timestamp, signature, body }, secrets)) return { refused: 'signature' };
    if (Math.abs(now - at) > LIMITS.webhookSkewMs) return { refused: 'stale' };
    const key = signature.toLowerCase();
    if (this.#replays.has(key, now)) return { refused: 'replayed' };
    const event = readEvent(body);
    if (event === null) return { refused: 'malformed' };
    const accept = (): void => {
      this.#replays.add(key, now);
    };
    return { refused: null, event, accept };
  }
}

/** Seconds or milliseconds: the specification's example is in seconds, and says nothing of the unit. */
function instantOfHeader(timestamp: string): number | null {
  if (!TIMESTAMP.test(timestamp)) return null;
  const value = Number(timestamp);
  return value < MILLISECONDS_FROM ? value * SECOND_MS : value;
}
