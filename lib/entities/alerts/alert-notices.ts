import type { NotificationBoard } from '../notifications/notification-board';
import { notificationId } from '../notifications/notification-id';
import type { ControlValues } from '../control-values';
import { alertRowOf, type AlertKey } from './alert-rows';
import type { AlertState } from './alert-state';
import type { Judgement } from './judgement';
import { quietUntil } from './quiet-until';

/** Texts in the language of Home Assistant, by key: `alert.<key>.name`, `.started`, `.ended`; params fill `__value__`, `__limit__` … */
export type AlertTexts = (key: string, params: Readonly<Record<string, string>>) => string;

export interface AlertNoticesPorts {
  readonly board: NotificationBoard;
  readonly personId: string;
  readonly controls: ControlValues;
  readonly texts: AlertTexts;
  /** `Oura <name>` */
  readonly device: string;
}

type Notice = AlertState['notice'];

/** The notifications of alerts: which ones a person wants, and when. */
export class AlertNotices {
  readonly #ports: AlertNoticesPorts;

  constructor(ports: AlertNoticesPorts) {
    this.#ports = ports;
  }

  /** An alert has started. @returns what became of its notification */
  started(key: AlertKey, judged: Judgement, now: number, zone: string): Notice {
    if (!this.#isWanted(key)) return 'none';
    if (quietUntil(now, this.#ports.controls, zone) !== null) return 'held';
    this.show(key, judged);
    return 'shown';
  }

  /** It goes on: what was held is shown as soon as it is not quiet any more. */
  goesOn(key: AlertKey, notice: Notice, judged: Judgement, now: number, zone: string): Notice {
    return notice === 'held' ? this.started(key, judged, now, zone) : notice;
  }

  /** It has ended: what was held is dropped. When nothing is known any more, as with a family switched off, there is no last word. */
  ended(key: AlertKey, notice: Notice, judged: Judgement): void {
    const { board } = this.#ports;
    if (notice !== 'shown') return;
    const isKnown = Object.keys(judged.details).length > 0;
    if (isKnown && alertRowOf(key).notice === 'replace') board.leave(this.#idOf(key), this.#note(key, 'ended', judged));
    else board.dismiss(this.#idOf(key));
  }

  show(key: AlertKey, judged: Judgement): void {
    this.#ports.board.show(this.#idOf(key), this.#note(key, 'started', judged));
  }

  /** Another node of the person has told its end. */
  release(key: AlertKey): void {
    this.#ports.board.release(this.#idOf(key));
  }

  #isWanted(key: AlertKey): boolean {
    const { controls } = this.#ports;
    const { notice, important } = alertRowOf(key);
    if (notice === 'none' || !controls.isOn('notifications')) return false;
    const level = controls.select('notification_level');
    return level === 'all' || (level === 'important' && important);
  }

  #note(key: AlertKey, part: 'started' | 'ended', { details }: Judgement): { title: string; message: string } {
    const { texts, device } = this.#ports;
    const params = Object.fromEntries(Object.entries(details).map(([name, value]) => [name, value === null ? '–' : String(value)]));
    return { title: `${device}: ${texts(`alert.${key}.name`, {})}`, message: texts(`alert.${key}.${part}`, params) };
  }

  #idOf(key: AlertKey): string {
    return notificationId(this.#ports.personId, `alert_${key}`);
  }
}
