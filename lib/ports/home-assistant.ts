/** What Home Assistant told of itself when the connection was made. */
export interface HomeAssistantFacts {
  /** `2026.11.0` */
  readonly version: string;
  /** Whether the token belongs to an administrator. */
  readonly isAdmin: boolean;
}

/** A command of Home Assistant's WebSocket API. */
export interface HomeAssistantCommand {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** A connection with Home Assistant that makes itself anew for ever. */
export interface HomeAssistant {
  /** Null while there is no connection, and until Home Assistant has started (`RUNNING`). */
  readonly facts: HomeAssistantFacts | null;
  /** Why there is no connection; null = there is, or it is the first try. An OuraError. */
  readonly problem: Error | null;
  /**
   * Sends a command.
   * @param timeoutMs how long the answer may take; LIMITS.homeCallTimeoutMs unless told
   * @returns its result
   * @throws OuraError home_away, home_refused {command, reason: Home Assistant's error code}, timed_out; the signal's reason
   */
  call(command: HomeAssistantCommand, signal?: AbortSignal, timeoutMs?: number): Promise<unknown>;
  /**
   * Subscribes with a command.
   * @param lifetime `lasting`: made anew after each reconnect, also begun while there is no connection; `socket`: ends with the connection
   * @returns ends it; calling it twice is harmless
   * @throws OuraError home_refused, timed_out; `socket` only: home_away
   */
  subscribe(command: HomeAssistantCommand, listener: (event: unknown) => void, lifetime: 'lasting' | 'socket'): Promise<() => void>;
  /** @param listener hears each change of `facts`; null = gone, also when there is another `problem` than before. @returns ends it */
  onFacts(listener: (facts: HomeAssistantFacts | null) => void): () => void;
}
