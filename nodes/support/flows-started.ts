import type { NodeAPI } from 'node-red';
import { systemClock } from '../../lib/async/system-clock';

/** Nothing waits longer than this for the flows: a start without the event is not a start without data. */
const PATIENCE_MS = 3000;

/** The wait under way, shared: Node.js warns of an emitter with a listener for each of many accounts. */
const waits = new WeakMap<NodeAPI['events'], Promise<void>>();

/** Resolves when the deploy under way has made all its nodes. */
export function flowsStarted({ events }: Pick<NodeAPI, 'events'>): Promise<void> {
  const underWay = waits.get(events) ?? nextStart(events);
  waits.set(events, underWay);
  return underWay;
}

function nextStart(events: NodeAPI['events']): Promise<void> {
  return new Promise((resolve) => {
    const patience = new AbortController();
    const go = (): void => {
      patience.abort();
      events.removeListener('flows:started', go);
      waits.delete(events);
      resolve();
    };
    events.once('flows:started', go);
    systemClock.delay(PATIENCE_MS, patience.signal).then(go, () => undefined); // aborted: started in time
  });
}
