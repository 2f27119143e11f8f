import type { OuraError } from '../errors/oura-error';
import type { LastEvents } from './last-events';
import type { WebhookApplication } from './webhook-application';
import type { WebhookMember } from './webhook-member';
import { WebhookCounts } from './webhook-counts';
import type { WebhookStatus } from './webhook-status';

/** What a status is made of. */
export interface StatusParts {
  readonly application: WebhookApplication | null;
  readonly member: WebhookMember | null;
  readonly last: LastEvents | null;
  /** Whether polling found what no event told of. */
  readonly isSilent: boolean;
  readonly unknownApplications: number;
}

/** How the webhooks of an account stand. */
export function webhookStatusOf({ application, member, last, isSilent, unknownApplications }: StatusParts): WebhookStatus {
  const isOff = application === null || member === null || member.isWanted === false;
  const subscriptions = isOff ? { wanted: 0, active: 0, nextExpiryAt: null } : application.keeper.counts;
  const problem = isOff ? null : application.problem;
  const { accepted, refused } = application?.counts ?? new WebhookCounts();
  return {
    state: isOff ? 'off' : stateOf(subscriptions, problem, isSilent),
    callbackUrl: isOff ? null : application.callbackUrl,
    problem,
    subscriptions,
    lastEventAt: last?.at ?? null,
    lastByType: last?.byType ?? {},
    accepted,
    refused: { ...refused, unknown_application: unknownApplications },
    waiting: member?.host?.keeper.current.events.count() ?? 0,
  };
}

function stateOf(
  { wanted, active }: WebhookStatus['subscriptions'],
  problem: OuraError | null,
  isSilent: boolean,
): Exclude<WebhookStatus['state'], 'off'> {
  if (problem?.retry === 'after-user-action') return 'refused';
  if (wanted === 0 || active < wanted) return 'subscribing';
  return isSilent ? 'silent' : 'active';
}
