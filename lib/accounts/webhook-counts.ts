import type { Refusal, WebhookStatus } from './webhook-status';

const NONE: WebhookStatus['refused'] = {
  signature: 0,
  stale: 0,
  replayed: 0,
  malformed: 0,
  oversized: 0,
  unknown_person: 0,
  unknown_application: 0,
};

/** How many posts were taken, and how many not, and why. */
export class WebhookCounts {
  #accepted = 0;
  #refused = NONE;

  get accepted(): number {
    return this.#accepted;
  }

  get refused(): WebhookStatus['refused'] {
    return this.#refused;
  }

  accept(): void {
    this.#accepted += 1;
  }

  refuse(why: Refusal): void {
    this.#refused = { ...this.#refused, [why]: this.#refused[why] + 1 };
  }
}
