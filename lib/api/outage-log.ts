import type { OuraError } from '../errors/oura-error';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';

const MINUTE_MS = 60_000;

/** Tells once that an outage began, and once that it is over: when every endpoint that failed has answered again. */
export class OutageLog {
  readonly #ports: { readonly logger: Logger; readonly clock: Clock };
  readonly #failing = new Set<string>();
  #since = 0;

  constructor(ports: { readonly logger: Logger; readonly clock: Clock }) {
    this.#ports = ports;
  }

  failed(endpoint: string, error: OuraError): void {
    if (this.#failing.size === 0) {
      this.#since = this.#ports.clock.now();
      this.#ports.logger.warn(`Oura cannot be read: ${error.message} It is tried again by itself.`);
    }
    this.#failing.add(endpoint);
  }

  answered(endpoint: string): void {
    if (!this.#failing.delete(endpoint) || this.#failing.size > 0) return;
    const minutes = Math.round((this.#ports.clock.now() - this.#since) / MINUTE_MS);
    this.#ports.logger.info(`Oura can be read again after ${minutes} minutes.`);
  }
}
