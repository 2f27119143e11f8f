import type { EndpointKey } from '../catalogue/endpoints';
import type { Reason } from '../catalogue/reasons';
import type { Via } from '../ports/documents';
import type { Coverage } from './answer-query';

/** Who a message is about. `person` is null until Oura has told who the account belongs to. */
export interface MessageAccount {
  readonly id: string;
  readonly person: string | null;
  readonly name: string;
  readonly slug: string;
}

/** The part of a source message that other people's flows rely on (docs/messages.md). */
export interface SourceMessage {
  readonly topic: string;
  readonly payload: unknown;
  readonly oura: {
    readonly account: MessageAccount;
    readonly endpoint: EndpointKey;
    readonly change: 'created' | 'updated' | 'deleted' | 'current';
    readonly previous?: unknown;
    readonly historic: boolean;
    readonly via: Via;
    /** ISO instant at which we saw the document or change; null before the account has started */
    readonly seenAt: string | null;
    readonly units: Readonly<Record<string, string>>;
    readonly reason?: Reason;
    readonly coverage?: Coverage;
  };
}

/** Topic of a family's messages. */
export function topicOf(slug: string, endpoint: EndpointKey): string {
  return `oura/${slug}/${endpoint}`;
}
