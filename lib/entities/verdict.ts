import type { Moment } from '../catalogue/metric';
import type { MetricKey } from '../catalogue/metrics';
import type { Reason } from '../catalogue/reasons';
import type { MetricValue } from '../metrics/metric-value';
import type { ControlValues } from './control-values';
import type { UsualWindow } from '../sync/usual-window';

/** What a judgement rests on. */
export interface JudgementInputs extends Moment {
  readonly zone: string;
  readonly value: (key: MetricKey) => MetricValue;
  readonly controls: ControlValues;
  /** When the person usually is in bed; null = not known. */
  readonly usual: UsualWindow | null;
  readonly account: AccountHealth;
}

/** How the account is doing, as far as a person should act. */
export interface AccountHealth {
  /** Codes of the problems that a person has to solve. */
  readonly problems: readonly string[];
  /** Whether Oura has ever been read. */
  readonly wasRead: boolean;
  /** Newest day or night of which there is anything; null = none. */
  readonly newestDay: string | null;
}

/** A yes, a no, or null with the reason why neither can be said. */
export interface Verdict {
  readonly state: boolean | null;
  readonly reason: Reason | null;
  /** The day it is about; null = the moment. */
  readonly day: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
}
