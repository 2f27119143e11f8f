import { toOuraError } from '../errors/to-oura-error';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { ToldEvent } from '../sync/webhooks/read-event';
import { GATE_STATUS, type PostHeaders } from '../sync/webhooks/webhook-gate';
import type { WebhookApplication } from './webhook-application';
import type { WebhookInbox } from './webhook-inbox';

const [OK, NOT_FOUND, UNAVAILABLE] = [200, 404, 503];

/** Takes posts: those that an application's gate lets in go to whom they are about. */
export class WebhookReceiver {
  readonly #ports: { readonly clock: Clock; readonly logger: Logger };
  readonly #inbox: WebhookInbox;
  #unknownApplications = 0;
  #hasFailed = false;

  constructor(ports: { readonly clock: Clock; readonly logger: Logger }, inbox: WebhookInbox) {
    this.#ports = ports;
    this.#inbox = inbox;
  }

  /** Posts to addresses of applications that nobody here has. */
  get unknownApplications(): number {
    return this.#unknownApplications;
  }

  /**
   * When the status is 200 the event is where it survives; whoever waits for it is told afterwards. 503 asks Oura to try again. Never
   * throws.
   * @param application null = nobody here has the one of the address
   */
  receive(application: WebhookApplication | null, headers: PostHeaders, body: Buffer): { readonly status: number } {
    try {
      const status = this.#receive(application, headers, body);
      if (status === OK) this.#hasFailed = false;
      return { status };
    } catch (cause) {
      if (!this.#hasFailed) this.#ports.logger.error(`A webhook could not be kept: ${toOuraError(cause).message}`);
      this.#hasFailed = true;
      return { status: UNAVAILABLE };
    }
  }

  #receive(application: WebhookApplication | null, headers: PostHeaders, body: Buffer): number {
    if (application === null) {
      this.#unknownApplications += 1;
      return NOT_FOUND;
    }
    const now = this.#ports.clock.now();
    const judged = application.gate.judge(headers, body, application.secrets, now);
    if (judged.refused !== null) {
      application.counts.refuse(judged.refused);
      return GATE_STATUS[judged.refused];
    }
    const status = this.#route(application, judged.event, now);
    if (status === OK) judged.accept();
    return status;
  }

  #route(application: WebhookApplication, { personId, endpoint, kind, id, at }: ToldEvent, now: number): number {
    const members = application.members.filter(({ host }) => host?.personId === personId);
    const [host] = members.flatMap((member) => member.host ?? []);
    if (host === undefined) {
      if (application.members.some((member) => member.mayKnow(now))) return UNAVAILABLE; // it may be theirs
      application.counts.refuse('unknown_person');
      return OK;
    }
    if (endpoint !== null && members.some((member) => member.takes(endpoint)))
      this.#inbox.put(host, { endpoint, kind, id, at, receivedAt: now });
    application.counts.accept();
    return OK;
  }
}
