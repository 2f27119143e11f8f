import { LIMITS } from '../catalogue/limits';
import { localDay } from './local-day';
import { localSlots } from './local-slots';
import type { PlannerState } from './plan';
import { worthAt } from './rhythm';
import { hasNight, SCOUTS } from './telltale';
import { isAwake } from './waking';

type Seen = Pick<PlannerState, 'families' | 'lookedAt' | 'rhythm' | 'sightings' | 'usage' | 'waking'>;
type Inputs = Seen & Pick<PlannerState, 'intervalMs' | 'webhooks' | 'zone' | 'budget'>;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MINUTES_AN_HOUR = 60;
const RATIONS = { off: LIMITS.rationPolling, active: LIMITS.rationWebhooks, silent: LIMITS.rationSilent } as const;
/** Longest pauses in intervals. */
const PATIENCE = {
  off: { day: LIMITS.probePauseDay, night: LIMITS.probePauseNight },
  active: { day: LIMITS.probePauseHeard, night: Infinity },
  silent: { day: LIMITS.probePauseSilent, night: LIMITS.probePauseSilent },
} as const;
/** As long as no day has told what reading costs, requests. */
const USUAL_READS = 45;

/**
 * When to ask next whether the ring has synced: probes come at a rate of scale × √(Σ rate of syncs × value of a minute), which is the
 * square-root rule: for a renewal process it makes the expected delay smallest for the probes spent (Cho & Garcia-Molina 2003, for pages on
 * the web). The scale spends what reading leaves of the ration.
 * @returns epoch ms; Infinity in a sandbox
 */
export function probeTime(state: Inputs): number {
  const { lookedAt, sightings, rhythm, waking, zone, intervalMs } = state;
  if (intervalMs === Infinity) return Infinity;
  if (lookedAt === null) return 0;
  const scale = scaleOf(state);
  const slotAt = localSlots(zone);
  const ownAt = sightings.findLast(({ app }) => !app)?.at ?? null;
  const appAt = isNightHere(state, lookedAt) ? lookedAt : (sightings.findLast(({ app }) => app)?.at ?? null);
  const patience = patienceOf(state);
  let sum = 0;
  for (let time = lookedAt; time < lookedAt + LIMITS.probePauseMaxMs; time += MINUTE_MS) {
    const local = slotAt(time);
    const awake = isAwake(waking, local.minute);
    const rate = scale * Math.sqrt(worthAt(rhythm, waking, { at: time, local, ownAt, appAt }));
    sum += Math.min(LIMITS.probesPerHourMax, rate) / MINUTES_AN_HOUR;
    const paused = time + MINUTE_MS - lookedAt;
    if (sum >= 1 || paused >= (awake ? patience.day : patience.night)) return time + MINUTE_MS;
  }
  return lookedAt + LIMITS.probePauseMaxMs;
}

/** Whether last night is stored, also where no sync was seen to bring it. */
function isNightHere({ families, zone }: Inputs, lookedAt: number): boolean {
  const today = localDay(lookedAt, zone);
  return SCOUTS.some((key) => {
    const family = families[key];
    return family !== undefined && hasNight(family, today);
  });
}

/** Requests a day that are aimed at; a shorter interval of the account buys more, a small budget less. */
export function rationOf({ intervalMs, webhooks, budget }: Pick<Inputs, 'intervalMs' | 'webhooks' | 'budget'>): number {
  return Math.min(atInterval(RATIONS[webhooks], intervalMs), budget.limit * LIMITS.rationShare);
}

/** Probes a day at least. */
export function probesMinOf(state: Pick<Inputs, 'intervalMs' | 'webhooks' | 'budget'>): number {
  const usual = state.webhooks === 'active' ? LIMITS.probesMinWebhooks : LIMITS.probesMinPolling;
  return Math.min(atInterval(usual, state.intervalMs), questionsOf(state));
}

/** Requests a day that are named for the usual interval, with another one. */
function atInterval(requests: number, intervalMs: number): number {
  return (requests * LIMITS.intervalMinutes * MINUTE_MS) / intervalMs;
}

/** Questions a day that a ration has room for whatever reading costs. */
function questionsOf(state: Pick<Inputs, 'intervalMs' | 'webhooks' | 'budget'>): number {
  return rationOf(state) * LIMITS.probesShare;
}

/** Probes an hour for each √(sync an hour × value of a minute). */
function scaleOf(state: Inputs): number {
  const { rhythm, usage } = state;
  if (state.webhooks === 'silent') return questionsOf(state) / Math.max(rhythm.effort, 1); // days of events tell nothing of its reads
  const whole = usage.slice(0, -1).filter(({ reads }) => reads > 0);
  const reads = whole.length === 0 ? USUAL_READS : whole.reduce((sum, day) => sum + day.reads, 0) / whole.length;
  return Math.max(probesMinOf(state), rationOf(state) - reads) / Math.max(rhythm.effort, 1);
}

/**
 * Longest pauses, ms: in waking hours and at night; longer while events come, short while they should and do not, always longer while the
 * ring is silent, and never so short that they alone spend the ration.
 */
function patienceOf(state: Inputs): { readonly day: number; readonly night: number } {
  const { intervalMs, webhooks, lookedAt, sightings } = state;
  const last = sightings.at(-1)?.at ?? lookedAt ?? 0;
  const silence = Math.max(1, ((lookedAt ?? 0) - last) / LIMITS.silentMs);
  const { day, night } = PATIENCE[webhooks];
  const shortest = webhooks === 'off' ? 0 : DAY_MS / Math.max(1, questionsOf(state));
  return { day: Math.max(day * intervalMs, shortest) * silence, night: Math.max(night * intervalMs, shortest) * silence };
}
