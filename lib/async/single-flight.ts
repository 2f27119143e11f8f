import { waitFor } from './wait-for';

interface Flight {
  readonly result: Promise<unknown>;
  readonly controller: AbortController;
  settled: boolean;
  passengers: number;
}

/** Identical work in progress is shared: whoever asks for the same key meanwhile gets the same result. */
export class SingleFlight {
  readonly #flights = new Map<string, Flight>();

  /**
   * @param work started only when nothing of this key is under way; its signal is aborted when the last passenger has left
   * @param signal ends this caller's wait only
   */
  async run<T>(key: string, work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const flight = this.#flights.get(key) ?? this.#start(key, work);
    flight.passengers += 1;
    try {
      return (await waitFor(flight.result, signal)) as T; // a key always stands for one type of result
    } finally {
      flight.passengers -= 1;
      if (flight.passengers === 0) {
        if (this.#flights.get(key) === flight) this.#flights.delete(key);
        if (!flight.settled) flight.controller.abort(new DOMException('No one waits for this any more.', 'AbortError'));
      }
    }
  }

  #start(key: string, work: (signal: AbortSignal) => Promise<unknown>): Flight {
    const controller = new AbortController();
    const result = work(controller.signal);
    const flight: Flight = { result, controller, settled: false, passengers: 0 };
    this.#flights.set(key, flight);
    const settle = (): void => {
      flight.settled = true;
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    };
    result.then(settle, settle);
    return flight;
  }
}
