import { LIMITS } from '../catalogue/limits';
import { instantOf } from '../catalogue/readers/instant-of';
import { isInWindow, type UsualWindow } from '../sync/usual-window';
import type { JudgementInputs, Verdict } from './verdict';

type Answer = 'in_bed' | 'sleeping';

/**
 * What the source of a heart-rate sample says of the person at that moment. `rest` is a quiet moment by day or the beginning of a sleep
 * that Oura has not seen yet, a `session` may be held in bed: they tell nothing there. Sources nobody knows tell nothing at all.
 */
const SAYS: Readonly<Record<string, Readonly<Partial<Record<Answer, boolean>>>>> = {
  sleep: { in_bed: true, sleeping: true },
  awake: { in_bed: false, sleeping: false },
  workout: { in_bed: false, sleeping: false },
  live: { sleeping: false },
  session: { sleeping: false },
};

/**
 * Whether the person is in bed, or sleeps: only from a heart-rate sample not older than LIMITS.bedEvidenceMs, else unknown. What would be
 * usual at this time is an attribute, not an answer. Unknown is the usual answer between two syncs: `basis` says what it rests on, and a
 * reason that came and went with each would double the rows of the recorder.
 */
export function inBed(inputs: JudgementInputs, question: Answer): Verdict {
  const { at, attributes, reason } = inputs.value('heart_rate');
  const time = at === null ? null : (instantOf(at)?.ms ?? null);
  if (time === null) return { state: null, reason: reason ?? 'no_data', day: null, attributes: { ...expectation(inputs), basis: 'none' } };
  const isFresh = Math.abs(inputs.now - time) <= LIMITS.bedEvidenceMs;
  const state = isFresh ? answerOf(attributes['source'], question) : null;
  return { state, reason: null, day: null, attributes: { ...expectation(inputs), basis: 'heart_rate' } };
}

function answerOf(source: unknown, question: Answer): boolean | null {
  return typeof source === 'string' && Object.hasOwn(SAYS, source) ? (SAYS[source]?.[question] ?? null) : null;
}

function expectation({ usual, now, zone }: JudgementInputs): Readonly<Record<string, unknown>> {
  if (usual === null) return { expected: null };
  return { expected: isInWindow(usual, now, zone), usual_start: clockText(usual, 'start'), usual_end: clockText(usual, 'end') };
}

function clockText(window: UsualWindow, end: keyof UsualWindow): string {
  const minute = window[end];
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
