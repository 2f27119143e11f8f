import { messageAccount } from '../sources/message-account';
import type { MessageAccount } from '../sources/source-message';
import type { AccountSession } from '../sync/account-session';
import type { ControlNews } from './control-news';

/** What an oura-entities node tells of a control that a person used. */
export interface ControlMessage {
  readonly topic: string;
  readonly payload: ControlNews['value'];
  readonly oura: { readonly account: MessageAccount; readonly control: ControlNews['key']; readonly previous: ControlNews['previous'] };
}

/** Makes the message; a button has the payload null. */
export function controlMessage(
  { session, slug }: { readonly session: AccountSession; readonly slug: string },
  { key, value, previous }: ControlNews,
): ControlMessage {
  const account = messageAccount(session, slug);
  return { topic: `oura/${slug}/control/${key}`, payload: value, oura: { account, control: key, previous } };
}
