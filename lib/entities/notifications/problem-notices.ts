import type { Settings } from '../../ports/settings';
import type { Wording } from '../../sources/status-report';
import type { AccountSession } from '../../sync/account-session';
import { standingList } from '../happenings/is-disproved';
import { StandingProblems } from '../happenings/standing-problems';
import { ScopedSetting } from '../scoped-setting';
import type { NotificationBoard } from './notification-board';
import { notificationId } from './notification-id';

export interface ProblemNoticesPorts {
  readonly session: AccountSession;
  readonly settings: Settings;
  /** Id of the Home Assistant. */
  readonly scope: string;
  readonly board: NotificationBoard;
  /** In the language of Home Assistant. */
  readonly wording: Wording;
  /** `Oura <name>: action needed` or the like. */
  readonly title: string;
}

/** One notification per account and code for each problem that needs a person; it goes by itself when the problem is solved. */
export class ProblemNotices {
  readonly #ports: ProblemNoticesPorts;
  readonly #problems: StandingProblems;
  /** Codes whose notification this run has shown. */
  readonly #shown = new Set<string>();

  constructor(ports: ProblemNoticesPorts) {
    this.#ports = ports;
    const { session, settings, scope } = ports;
    const setting = new ScopedSetting(settings, 'noticed', `${scope}/${session.config.id}`, standingList);
    this.#problems = new StandingProblems(session, setting, {
      wants: ({ retry }) => retry === 'after-user-action',
      begun: ({ code }) => {
        this.#show(code);
      },
      solved: (problem) => {
        const stays = this.#problems.list().some((one) => one.code === problem.code && one.family !== problem.family);
        if (stays) this.#show(problem.code);
        else this.#dismiss(problem.code);
      },
    });
  }

  /** @returns ends it; notifications stay */
  start(): () => void {
    for (const code of new Set(this.#problems.list().map((one) => one.code))) this.#show(code);
    this.#problems.begin();
    return this.#ports.session.events.add((event) => {
      this.#problems.hear(event);
      for (const code of this.#shown) if (!this.#problems.list().some((one) => one.code === code)) this.#release(code);
    });
  }

  /** One text for all families; what stood before a restart and was not met again keeps the text it has. */
  #show(code: string): void {
    const { session, board, wording, title } = this.#ports;
    const errors = session.problems.map(({ error }) => error).filter((error) => error.code === code);
    if (errors.length === 0) return;
    this.#shown.add(code);
    const parts = errors.map((error) => `**${wording.text(error)}**\n\n${wording.remedy(error)}`);
    board.show(this.#idOf(code), { title, message: [...new Set(parts)].join('\n\n') });
  }

  #dismiss(code: string): void {
    this.#shown.delete(code);
    this.#ports.board.dismiss(this.#idOf(code));
  }

  /** Another node of the person has seen it solved first, and has dismissed it. */
  #release(code: string): void {
    this.#shown.delete(code);
    this.#ports.board.release(this.#idOf(code));
  }

  #idOf(code: string): string {
    return notificationId(this.#ports.session.config.id, code);
  }
}
