import * as z from 'zod';
import { isEndpointKey } from '../../catalogue/endpoints';
import type { AccountSession } from '../../sync/account-session';
import type { EngineEvent } from '../../sync/engine-events';
import { isFetched } from '../../sync/engine-options';

const standing = z.object({
  code: z.string(),
  /** null = of the account */
  family: z.string().nullable(),
});

/** A problem of an account as it is remembered. */
export type Standing = z.infer<typeof standing>;

/** How several are kept. */
export const standingList = z.array(standing).catch([]);

/**
 * Whether an event shows that a problem that was told is over: it says so, or all went well where the problem was and it does not stand any
 * more (it was solved while nobody ran), or its family is not asked for any more.
 */
export function isDisproved({ code, family }: Standing, event: EngineEvent, { problems, config }: AccountSession): boolean {
  if (event.type === 'solved') return event.code === code && event.endpoint === family;
  if (event.type !== 'synced' || problems.some((one) => one.error.code === code && one.endpoint === family)) return false;
  return family === null || event.endpoint === family || !isEndpointKey(family) || !isFetched(config.engine, family);
}
