import type { AccountSession } from '../lib/sync/account-session';

/** Resolves as soon as the account says that all is loaded. */
export function connected(session: AccountSession): Promise<void> {
  return new Promise((resolve) => {
    session.events.add((event) => {
      if (event.type === 'state' && event.state.kind === 'connected') resolve();
    });
  });
}
