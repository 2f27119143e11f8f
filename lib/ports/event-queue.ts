import type { EndpointKey } from '../catalogue/endpoints';

export const EVENT_KINDS = ['create', 'update', 'delete'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** What a webhook told: a document of a family was created, changed or deleted. It carries no health data. Instants are epoch ms. */
export interface WebhookEvent {
  readonly endpoint: EndpointKey;
  readonly kind: EventKind;
  /** The document's id. */
  readonly id: string;
  /** When it happened, as Oura says. */
  readonly at: number;
  readonly receivedAt: number;
}

/** An event that waits until what it tells of is in the store. */
export interface WaitingEvent extends WebhookEvent {
  /** Rises with each event. */
  readonly seq: number;
  /** Times the document was asked for and was not there. */
  readonly tries: number;
  /** Earliest next try, epoch ms; 0 = at once. */
  readonly notBefore: number;
}

/** Events of one person that wait; on disk they outlive the process. All calls are synchronous. */
export interface EventQueue {
  /** @returns false when an event of the same family, kind, document and moment is waiting already */
  add(event: WebhookEvent): boolean;
  /** In the order they came. */
  list(): readonly WaitingEvent[];
  count(): number;
  /** Counts a try that found nothing. */
  postpone(seq: number, notBefore: number): void;
  remove(seqs: readonly number[]): void;
}
