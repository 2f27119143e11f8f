import type { Moment } from '../../catalogue/metric';
import type { MetricKey } from '../../catalogue/metrics';
import type { MetricValue } from '../../metrics/metric-value';
import type { ControlValues } from '../control-values';
import type { RestingBaseline } from './resting-baseline';

/** What alerts are judged by. */
export interface AlertInputs extends Moment {
  readonly value: (key: MetricKey) => MetricValue;
  readonly controls: Pick<ControlValues, 'number'>;
  /** The person's usual lowest heart rate of a night, before a day. */
  readonly baselineBefore: (day: string) => RestingBaseline;
  /** Newest day that the ring brought anything of; null = never. */
  readonly newestDay: string | null;
  /** Whether Oura has answered today. */
  readonly hasAsked: boolean;
  /** Whether only a new sign-in helps; null = not known yet. */
  readonly needsSignIn: boolean | null;
}

/** Whether an alert holds. `unknown` changes nothing: too little is known, or the value hovers at the limit. */
export interface Judgement {
  readonly state: 'active' | 'clear' | 'unknown';
  /** The value's own day. */
  readonly day: string | null;
  /** What was measured and what it was compared with, as told to Home Assistant. Health values: never for a log or a setting. */
  readonly details: Readonly<Record<string, number | string | null>>;
}
