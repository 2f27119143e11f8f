import { ENDPOINT_KEYS, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { metricOf, type MetricKey } from '../catalogue/metrics';
import type { Reason } from '../catalogue/reasons';
import { OuraError } from '../errors/oura-error';
import type { EntityState } from '../home/entity';
import type { MetricValue } from '../metrics/metric-value';
import { metricsNow } from '../metrics/metrics-now';
import type { AccountSession } from '../sync/account-session';
import { localTime } from '../sync/local-time';
import { accountSight, type AccountSight } from './account-sight';
import type { ChosenKeys } from './chosen-keys';
import type { ControlBook } from './control-book';
import { Diagnostics } from './diagnostics';
import { judgementOf, type JudgementKey } from './judgements';
import { personView, type PersonView } from './person-view';
import { showControl } from './show-control';
import { showJudgement } from './show-judgement';
import { showMetric } from './show-metric';
import { usualWindow, type UsualWindow } from '../sync/usual-window';
import type { Verdict } from './verdict';

/** Everything known of the ring itself. */
const RING_KEYS = ['hardware_type', 'firmware_version'] as const satisfies readonly MetricKey[];

/** What a person's chosen entities show, brought up to date family by family. */
export class PersonState {
  readonly #session: AccountSession;
  readonly #book: ControlBook;
  readonly #chosen: ChosenKeys;
  readonly #needed: readonly MetricKey[];
  readonly #values = new Map<MetricKey, MetricValue>();
  /** Of each metric the last of which was known what it is. */
  readonly #known = new Map<MetricKey, MetricValue>();
  readonly #diagnostics = new Diagnostics();
  #today = '';
  #view: PersonView | null = null;
  #usual: UsualWindow | null = null;

  constructor(session: AccountSession, book: ControlBook, chosen: ChosenKeys) {
    this.#session = session;
    this.#book = book;
    this.#chosen = chosen;
    const reads = chosen.judgements.flatMap((key) => judgementOf(key).reads);
    this.#needed = [...new Set<MetricKey>([...chosen.metrics, ...reads, ...RING_KEYS])];
  }

  /** When the person's next local day begins, epoch ms; null before the first reading. */
  get tomorrow(): number | null {
    return this.#view?.tomorrow ?? null;
  }

  /** A text that is known of the ring. */
  text(key: (typeof RING_KEYS)[number]): string | null {
    const value = this.#values.get(key)?.value ?? null;
    return typeof value === 'string' ? value : null;
  }

  /**
   * Reads again what changed: metrics of the families named, all of them with a new local day, and what depends on the moment.
   * @returns what the entities show now, as far as it may have changed
   * @throws OuraError the store cannot be read
   */
  read(families: ReadonlySet<EndpointKey>): readonly EntityState[] {
    const view = personView(this.#session);
    this.#view = view;
    if (view === null) return [];
    const changed = view.today === this.#today ? families : new Set(ENDPOINT_KEYS);
    const keys = this.#needed.filter((key) => changed.has(metricOf(key).endpoint));
    const values = metricsNow(keys, view);
    for (const value of values) this.#values.set(value.key, value);
    if (changed.has('sleep')) this.#usual = usualWindow(view.documents, view.today, view.zone);
    this.#today = view.today;
    const sight = accountSight(this.#session, view);
    const shown = new Set(this.#chosen.metrics);
    return [
      ...values.filter(({ key }) => shown.has(key)).flatMap((value) => this.#metricState(value, view) ?? []),
      ...this.#judgementStates(view, sight),
      ...this.#controlStates(),
      ...this.#diagnosticStates(sight),
    ];
  }

  /**
   * What is not known yet takes nothing away: what was shown stays, whether Oura has not been asked today or cannot be read. A start says
   * nothing of what nobody has asked for so far.
   */
  #metricState(now: MetricValue, view: PersonView): EntityState | null {
    const isOpen = now.value === null && now.day === null && (now.reason === 'pending' || now.reason === 'error');
    if (!isOpen) this.#known.set(now.key, now);
    const known = this.#known.get(now.key);
    if (!isOpen || (known === undefined && now.reason === 'error')) return showMetric({ ...now, reason: toldReason(now, view) });
    return known === undefined ? null : showMetric({ ...known, reason: now.reason === 'error' ? 'error' : known.reason });
  }

  /** What is said of the person by the values last read. */
  #verdict(key: JudgementKey, view: PersonView, sight: AccountSight): Verdict {
    const { today, now, zone } = view;
    const value = (metric: MetricKey): MetricValue => {
      const found = this.#values.get(metric);
      if (found === undefined) throw new OuraError('unexpected', { reason: `a judgement of ${metric}, which was not read` });
      return found;
    };
    return judgementOf(key).judge({ today, now, zone, value, controls: this.#book, usual: this.#usual, account: sight });
  }

  #judgementStates(view: PersonView, sight: AccountSight): readonly EntityState[] {
    return this.#chosen.judgements.map((key) => showJudgement(key, this.#verdict(key, view, sight)));
  }

  #controlStates(): readonly EntityState[] {
    return this.#chosen.controls.flatMap((key) => showControl(key, this.#book) ?? []);
  }

  #diagnosticStates(sight: AccountSight): readonly EntityState[] {
    const states = this.#diagnostics.states(sight);
    return this.#chosen.diagnostics.flatMap((key) => {
      const state = states[key];
      return state === undefined ? [] : [{ key, state, attributes: {}, lastReset: null }];
    });
  }
}

/** Reasons of a night that has not arrived. */
const LATE: readonly (Reason | null)[] = ['pending', 'not_synced', 'not_worn'];

/** Between midnight and noon last night's values are yesterday's for everybody, and nothing is wrong. */
function toldReason({ key, value, reason }: MetricValue, { now, zone }: PersonView): Reason | null {
  const isOfNight = metricOf(key).kindOfDay === 'night' && value !== null;
  return isOfNight && LATE.includes(reason) && localTime(now, zone).hour < LIMITS.nightByHour ? null : reason;
}
