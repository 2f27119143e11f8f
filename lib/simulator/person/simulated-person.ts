import type { EndpointKey } from '../../catalogue/endpoints';
import type { Body } from '../../ports/documents';
import type { PersonOptions, SimulatedDocument, SimulatedPersonPort } from '../types';
import { dailyActivityDocuments } from './daily-activity-documents';
import { dailyCardiovascularAgeDocuments } from './daily-cardiovascular-age-documents';
import { dailyReadinessDocuments } from './daily-readiness-documents';
import { dailyResilienceDocuments } from './daily-resilience-documents';
import { dailySleepDocuments } from './daily-sleep-documents';
import { dailySpo2Documents } from './daily-spo2-documents';
import { dailyStressDocuments } from './daily-stress-documents';
import type { DayDocuments } from './day-documents';
import { enhancedTagDocuments } from './enhanced-tag-documents';
import { heartRateDocuments } from './heart-rate-documents';
import { personalInfoBody } from './personal-info-body';
import { PersonModel } from './person-model';
import { restModeDocuments } from './rest-mode-documents';
import { ringBatteryDocuments } from './ring-battery-documents';
import { ringConfigurationDocuments } from './ring-configuration-documents';
import { sessionDocuments } from './session-documents';
import { sleepDocuments } from './sleep-documents';
import { sleepTimeDocuments } from './sleep-time-documents';
import { Syncs, type Sync } from './syncs';
import { tagDocuments } from './tag-documents';
import { MS } from './units';
import { Visibility } from './visibility';
import { vo2MaxDocuments } from './vo2-max-documents';
import { workoutDocuments } from './workout-documents';

/** A day of a person; all instants epoch ms. */
export interface LivedDay {
  readonly wake: number;
  readonly bed: number;
  readonly nextWake: number;
}

type DayEndpoint = Exclude<EndpointKey, 'personal_info' | 'ring_configuration'>;

const DOCUMENTS: Readonly<Record<DayEndpoint, DayDocuments>> = {
  daily_activity: dailyActivityDocuments,
  daily_cardiovascular_age: dailyCardiovascularAgeDocuments,
  daily_readiness: dailyReadinessDocuments,
  daily_resilience: dailyResilienceDocuments,
  daily_sleep: dailySleepDocuments,
  daily_spo2: dailySpo2Documents,
  daily_stress: dailyStressDocuments,
  enhanced_tag: enhancedTagDocuments,
  heartrate: heartRateDocuments,
  rest_mode_period: restModeDocuments,
  ring_battery_level: ringBatteryDocuments,
  session: sessionDocuments,
  sleep: sleepDocuments,
  sleep_time: sleepTimeDocuments,
  tag: tagDocuments,
  vo2_max: vo2MaxDocuments,
  workout: workoutDocuments,
};

/** Days around a window to which documents anchored in it can belong: local days differ from UTC days, nights begin the evening before. */
const MARGIN_DAYS = 2;

/** A seeded person behind a stand-in of Oura's cloud: a day is a pure function of (options, day), visible from the sync that brought it. */
export class SimulatedPerson implements SimulatedPersonPort {
  readonly personalInfo: Body;
  readonly zone: string;
  readonly #model: PersonModel;
  readonly #view: Visibility;

  /** @throws OuraError date_invalid for a malformed day, unexpected for an unknown zone */
  constructor(options: PersonOptions) {
    this.#model = new PersonModel(options);
    this.#view = new Visibility(this.#model, new Syncs(this.#model));
    this.zone = this.#model.home;
    this.personalInfo = personalInfoBody(this.#model);
  }

  documents(endpoint: EndpointKey, fromMs: number, toMs: number, now: number): readonly SimulatedDocument[] {
    if (endpoint === 'personal_info') return [];
    if (endpoint === 'ring_configuration') return ringConfigurationDocuments(this.#view, now);
    const documentsOf = DOCUMENTS[endpoint];
    const asked = { from: fromMs, to: toMs, now };
    const first = Math.max(this.#model.first, Math.floor(fromMs / MS.day) - MARGIN_DAYS);
    const last = Math.min(Math.floor(toMs / MS.day), Math.floor(now / MS.day)) + MARGIN_DAYS;
    const found: SimulatedDocument[] = [];
    for (let day = first; day <= last; day += 1) for (const document of documentsOf(this.#view, day, asked)) found.push(document);
    return ascending(found) ? found : found.toSorted((a, b) => a.anchorMs - b.anchorMs);
  }

  /** The days lived in (fromMs, toMs]: from waking to going to bed, and the next waking; epoch ms. */
  days(fromMs: number, toMs: number): readonly LivedDay[] {
    const found: LivedDay[] = [];
    for (let day = Math.max(this.#model.first, Math.floor(fromMs / MS.day) - MARGIN_DAYS); ; day += 1) {
      const { wake } = this.#model.timing(day);
      const next = this.#model.timing(day + 1);
      if (wake > toMs) return found;
      if (next.wake > fromMs) found.push({ wake, bed: next.bed, nextWake: next.wake });
    }
  }

  syncs(fromMs: number, toMs: number): readonly Sync[] {
    return this.#view.syncs.between(fromMs, toMs);
  }
}

function ascending(documents: readonly SimulatedDocument[]): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (const { anchorMs } of documents) {
    if (anchorMs < last) return false;
    last = anchorMs;
  }
  return true;
}
