import { Wakeup } from '../../async/wakeup';
import type { EndpointKey } from '../../catalogue/endpoints';
import { LIMITS } from '../../catalogue/limits';
import { toOuraError } from '../../errors/to-oura-error';
import type { MetricInputs } from '../../metrics/metric-value';
import type { Clock } from '../../ports/clock';
import type { Logger } from '../../ports/logger';
import type { AccountSession } from '../../sync/account-session';
import type { ControlValues } from '../control-values';
import type { Happening } from '../happenings/happening';
import { happeningOf } from '../happenings/happening-of';
import type { AlertBook } from './alert-book';
import { alertInputs } from './alert-inputs';
import type { AlertNotices } from './alert-notices';
import { ALERT_KEYS, alertRowOf, type AlertKey } from './alert-rows';
import type { AlertState } from './alert-state';
import type { AlertInputs, Judgement } from './judgement';
import { stepAlert } from './step-alert';

export interface AlertsPorts {
  readonly session: AccountSession;
  readonly book: AlertBook;
  readonly controls: ControlValues;
  /** What metrics are read from now; null = nothing is known yet. */
  readonly inputs: () => MetricInputs | null;
  readonly publishes: (endpoint: EndpointKey) => boolean;
  readonly tell: (happening: Happening) => void;
  /** Null = nobody is notified. */
  readonly notices: AlertNotices | null;
  /** The account's time. */
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Judges all alerts with each change of the data or of a control, and tells of each start and each end once, also over restarts. */
export class Alerts {
  readonly #ports: AlertsPorts;
  readonly #wakeup = new Wakeup();
  /** Alerts whose notification was shown by this run; Home Assistant may have forgotten the others. */
  readonly #shown = new Set<AlertKey>();

  constructor(ports: AlertsPorts) {
    this.#ports = ports;
  }

  /** Looks at once, then whenever something has changed. @returns ends it */
  start(): () => void {
    const ending = new AbortController();
    const unsubscribe = this.#ports.session.events.add((event) => {
      if (event.type === 'state' || (event.type === 'synced' && event.fetch !== 'history')) this.changed();
    });
    this.changed();
    this.#run(ending.signal).catch((error: unknown) => {
      if (!ending.signal.aborted) this.#ports.logger.error(`Alerts have stopped: ${toOuraError(error).message}`);
    });
    return () => {
      unsubscribe();
      ending.abort(new DOMException('The node has stopped.', 'AbortError'));
    };
  }

  /** A control has changed: looks again soon, once for all that changes at the same time. */
  changed(): void {
    this.#wakeup.wake();
  }

  /** Judges now. */
  look(): void {
    const { inputs, controls, session } = this.#ports;
    const metrics = inputs();
    if (metrics === null) return;
    const known = alertInputs(metrics, controls, session.state.kind);
    for (const key of ALERT_KEYS) this.#lookAt(key, known, metrics.zone);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#ports;
    let lookedAt = -Infinity;
    for (;;) {
      const isWoken = await this.#wakeup.wait(LIMITS.clockCheckMs, clock, signal);
      const now = clock.now();
      if (!isWoken && now >= lookedAt && now - lookedAt < LIMITS.alertEveryMs && !this.#isHeld()) continue;
      lookedAt = now;
      this.#lookSafely();
    }
  }

  /** What fails once may work with the next data. */
  #lookSafely(): void {
    try {
      this.look();
    } catch (error) {
      this.#ports.logger.error(`Alerts could not be judged: ${toOuraError(error).message}`);
    }
  }

  #isHeld(): boolean {
    return ALERT_KEYS.some((key) => this.#ports.book.get(key).notice === 'held');
  }

  #lookAt(key: AlertKey, inputs: AlertInputs, zone: string): void {
    const { daily, families, judge } = alertRowOf(key);
    const judged: Judgement = families.every(this.#ports.publishes) ? judge(inputs) : { state: 'clear', day: null, details: {} };
    if (this.#ports.book.get(key).owed !== null) this.#tell(key, judged, inputs.now, zone);
    for (let next = this.#step(key, judged, daily, inputs.now); next !== null; next = this.#step(key, judged, daily, inputs.now)) {
      this.#ports.book.save(key, next);
      this.#tell(key, judged, inputs.now, zone);
    }
    this.#keepUp(key, judged, inputs.now, zone);
  }

  #step(key: AlertKey, judged: Judgement, daily: boolean, now: number): AlertState | null {
    return stepAlert(this.#ports.book.get(key), judged, daily, now);
  }

  #tell(key: AlertKey, judged: Judgement, now: number, zone: string): void {
    const { book, tell, notices } = this.#ports;
    const state = book.get(key);
    const isStart = state.owed === 'start';
    const at = (isStart ? state.since : state.endedAt) ?? now;
    const attributes = { alert: key, important: alertRowOf(key).important, day: judged.day, ...judged.details };
    tell(happeningOf({ key: 'alert', eventType: isStart ? 'started' : 'ended', attributes, at }, now, `alert/${key}`));
    if (!isStart) notices?.ended(key, state.notice, judged);
    const notice = isStart ? (notices?.started(key, judged, now, zone) ?? 'none') : 'none';
    if (notice === 'shown') this.#shown.add(key);
    else this.#shown.delete(key);
    book.save(key, { ...state, owed: null, notice });
  }

  #keepUp(key: AlertKey, judged: Judgement, now: number, zone: string): void {
    const { book, notices } = this.#ports;
    const state = book.get(key);
    if (notices === null) return;
    if (state.notice === 'none') {
      if (this.#shown.delete(key)) notices.release(key);
      return;
    }
    const notice = notices.goesOn(key, state.notice, judged, now, zone);
    if (notice !== state.notice) book.save(key, { ...state, notice });
    else if (notice === 'shown' && !this.#shown.has(key)) notices.show(key, judged);
    if (notice === 'shown') this.#shown.add(key);
  }
}
