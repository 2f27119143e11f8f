import { SingleFlight } from '../async/single-flight';
import type { Settings } from '../ports/settings';
import { ControlBook } from './control-book';

/** What all nodes of one person share. */
export class SharedPerson {
  readonly controls: ControlBook;
  /** Readings of Oura that people asked for. */
  readonly refreshes = new SingleFlight();

  /** @param onError hears what a listener threw */
  constructor(settings: Settings, onError: (error: unknown) => void) {
    this.controls = new ControlBook(settings, onError);
  }
}
