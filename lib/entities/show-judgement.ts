import type { EntityState } from '../home/entity';
import type { JudgementKey } from './judgements';
import type { Verdict } from './verdict';

/** What the entity of a judgement shows. */
export function showJudgement(key: JudgementKey, { state, reason, day, attributes }: Verdict): EntityState {
  return { key, state, attributes: { ...attributes, ...(day !== null && { day }), ...(reason !== null && { reason }) }, lastReset: null };
}
