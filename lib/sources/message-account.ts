import type { AccountSession } from '../sync/account-session';
import type { MessageAccount } from './source-message';

/** Who a message is about. */
export function messageAccount(session: AccountSession, slug: string): MessageAccount {
  const { id, name } = session.config;
  return { id, person: session.host?.personId ?? null, name, slug };
}
