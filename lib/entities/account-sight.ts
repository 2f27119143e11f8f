import { ENDPOINT_KEYS } from '../catalogue/endpoints';
import type { WebhookState } from '../catalogue/webhook-states';
import { latestSleep } from '../metrics/latest-sleep';
import { newestNight } from '../metrics/newest-night';
import { newestOnOrBefore } from '../metrics/newest-on-or-before';
import { instantAt } from '../catalogue/readers/instant-at';
import type { AccountSession } from '../sync/account-session';
import type { AccountState } from '../sync/engine-events';
import { later } from '../sync/local-day';
import type { PersonView } from './person-view';
import type { AccountHealth } from './verdict';

/** What diagnostics and the data problem rest on. Instants are epoch ms; null = never, or not known. */
export interface AccountSight extends AccountHealth {
  readonly now: number;
  readonly today: string;
  readonly state: AccountState['kind'];
  /** Of what the ring has delivered, the latest that was measured: it has synced since. */
  readonly measuredAt: number | null;
  /** Last successful answer of Oura. */
  readonly answeredAt: number | null;
  readonly newestNight: string | null;
  readonly callsToday: number;
  readonly nextAt: number | null;
  readonly webhooks: WebhookState;
}

/** Reads the account's state now. */
export function accountSight(session: AccountSession, view: PersonView): AccountSight {
  const { documents, series, freshness, today, now } = view;
  const families = ENDPOINT_KEYS.map((endpoint) => freshness(endpoint));
  const answered = families.flatMap(({ fetchedAt }) => (fetchedAt === null ? [] : [fetchedAt]));
  const sleep = latestSleep(documents);
  const asleepUntil = sleep === null ? null : (instantAt(sleep.body, 'bedtime_end')?.ms ?? null);
  const measured = [series.newest('heartrate')?.time, series.newest('ring_battery_level')?.time, asleepUntil];
  return {
    now,
    today,
    state: session.state.kind,
    problems: problemsOf(session),
    wasRead: answered.length > 0,
    newestDay: newestDayOf(view),
    measuredAt: latestOf(measured),
    answeredAt: latestOf(answered),
    newestNight: newestNight(documents, today)?.day ?? null,
    callsToday: session.connection?.budget.today().used ?? 0,
    nextAt: session.host?.engine?.nextAt ?? null,
    webhooks: session.webhookState,
  };
}

/** A missing permission is the choice of a person, not a problem of the data. */
function problemsOf(session: AccountSession): readonly string[] {
  const codes = session.problems.filter(({ error }) => error.retry === 'after-user-action').map(({ error }) => error.code);
  return [...new Set(codes)].filter((code) => code !== 'scope_missing').toSorted();
}

function newestDayOf({ documents, today }: PersonView): string | null {
  const days = (['sleep', 'daily_sleep', 'daily_readiness', 'daily_activity'] as const).map(
    (endpoint) => newestOnOrBefore(documents, endpoint, today)?.day ?? null,
  );
  return days.reduce((newest, day) => (newest === null || day === null ? (newest ?? day) : later(newest, day)), null);
}

function latestOf(instants: readonly (number | null | undefined)[]): number | null {
  const known = instants.filter((instant) => instant !== null && instant !== undefined);
  return known.length === 0 ? null : Math.max(...known);
}
