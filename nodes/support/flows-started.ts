import type { NodeAPI } from 'node-red';
import { systemClock } from '../../lib/async/system-clock';

/** Nothing waits longer than this for the flows: a start without the event is not a start without data. */
const PATIENCE_MS = 3000;

/** Resolves when the deploy under way has made all its nodes. */
export function flowsStarted(RED: NodeAPI): Promise<void> {
  return new Promise((resolve) => {
    const patience = new AbortController();
    const go = (): void => {
      patience.abort();
      RED.events.removeListener('flows:started', go);
      resolve();
    };
    RED.events.once('flows:started', go);
    systemClock.delay(PATIENCE_MS, patience.signal).then(go, () => undefined); // aborted: started in time
  });
}
