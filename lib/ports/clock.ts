/** Time, injected. Instants are epoch milliseconds. */
export interface Clock {
  now(): number;
  /**
   * Resolves after `ms` milliseconds of this clock.
   * @throws the signal's reason as soon as it is aborted; the timer and the listener are gone then
   */
  delay(ms: number, signal: AbortSignal): Promise<void>;
}
