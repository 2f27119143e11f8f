import { LIMITS } from '../catalogue/limits';
import { WEBHOOK_STATES, type WebhookState } from '../catalogue/webhook-states';
import type { EntityState } from '../home/entity';
import { isoInstant } from '../sources/iso-instant';
import type { AccountState } from '../sync/engine-events';
import type { AccountSight } from './account-sight';
import type { EntityRow } from './entity-row';
import { Seldom } from './seldom';

type State = EntityState['state'];

const plain = { component: 'sensor', deviceClass: null, category: 'diagnostic', enabledByDefault: true } as const;
const instant = { ...plain, deviceClass: 'timestamp' } as const;

/** How the account and this package are doing. Keys share the name space of the metrics and never change. */
export const DIAGNOSTICS = {
  last_ring_sync: { ...instant, icon: 'mdi:sync' },
  last_contact: { ...instant, icon: 'mdi:cloud-check-outline' },
  /** A day, `2026-01-31`, as text: the companion knows no dates. */
  newest_night: { ...plain, icon: 'mdi:calendar-star' },
  calls_today: { ...plain, icon: 'mdi:counter' },
  sign_in_state: {
    ...plain,
    icon: 'mdi:account-key-outline',
    deviceClass: 'enum',
    options: ['signed_in', 'sign_in_needed', 'membership_lapsed', 'refused'],
  },
  webhook_state: { ...plain, icon: 'mdi:webhook', deviceClass: 'enum', options: WEBHOOK_STATES },
  /** Changes with each poll by its nature: off unless wanted. */
  next_poll: { ...instant, icon: 'mdi:clock-start', enabledByDefault: false },
  connected: { ...plain, component: 'binary_sensor', icon: 'mdi:lan-connect', deviceClass: 'connectivity' },
} as const satisfies Record<string, EntityRow>;

export type DiagnosticKey = keyof typeof DIAGNOSTICS;

/** All keys of diagnostics, in the table's order. */
export const DIAGNOSTIC_KEYS = Object.keys(DIAGNOSTICS) as readonly DiagnosticKey[]; // Object.keys forgets the literal keys

/** The table's row under its general type. */
export function diagnosticOf(key: DiagnosticKey): EntityRow {
  return DIAGNOSTICS[key];
}

const SIGN_IN: Readonly<Record<AccountState['kind'], string | null>> = {
  starting: null,
  syncing: 'signed_in',
  connected: 'signed_in',
  waiting: 'signed_in',
  offline: 'signed_in',
  sign_in: 'sign_in_needed',
  membership: 'membership_lapsed',
  refused: 'refused',
};

const MINUTE_MS = 60_000;

/** What one sync brings ends at nearly the same moment, and comes family by family. */
function isOfAnotherSync(measuredAt: number | null, shown: number | null): boolean {
  return measuredAt === null || shown === null || Math.abs(measuredAt - shown) > LIMITS.syncSpreadMs;
}

/** Says how the account is doing, without chattering: what changes all the time is shown seldom. */
export class Diagnostics {
  readonly #contact = new Seldom<number | null>(LIMITS.contactEveryMs);
  readonly #calls = new Seldom<number>(LIMITS.callsEveryMs);
  #nextPoll: number | null = null;
  #measuredAt: number | null = null;
  #today = '';
  #signIn: string | null = null;
  #webhooks: WebhookState | null = null;
  #subscribingSince: number | null = null;

  /** The state of each; one that is not known yet is left out, so that a start takes no value away. */
  states(sight: AccountSight): Readonly<Partial<Record<DiagnosticKey, State>>> {
    const { now, today, measuredAt, answeredAt, callsToday, nextAt } = sight;
    const isNewDay = today !== this.#today;
    this.#today = today;
    this.#signIn = SIGN_IN[sight.state] ?? this.#signIn;
    if (this.#nextPoll === null || this.#nextPoll <= now)
      this.#nextPoll = nextAt === null ? null : Math.ceil(nextAt / MINUTE_MS) * MINUTE_MS;
    if (isOfAnotherSync(measuredAt, this.#measuredAt)) this.#measuredAt = measuredAt;
    this.#learnWebhooks(sight);
    return {
      last_ring_sync: isoInstant(this.#measuredAt),
      last_contact: isoInstant(this.#contact.show(answeredAt, now, (shown) => shown === null)),
      newest_night: sight.newestNight,
      calls_today: this.#calls.show(callsToday, now, () => isNewDay),
      ...(this.#signIn !== null && { sign_in_state: this.#signIn }),
      ...(this.#webhooks !== null && { webhook_state: this.#webhooks }),
      ...(this.#nextPoll !== null && { next_poll: isoInstant(this.#nextPoll) }),
      connected: true,
    };
  }
  /** Subscriptions are looked at after each start: only when that takes long it is worth a state. */
  #learnWebhooks({ webhooks, now }: AccountSight): void {
    this.#subscribingSince = webhooks === 'subscribing' ? (this.#subscribingSince ?? now) : null;
    if (this.#subscribingSince === null || now - this.#subscribingSince >= LIMITS.subscribingShownMs) this.#webhooks = webhooks;
  }
}
