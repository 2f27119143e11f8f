import type { NodeAPI } from 'node-red';
import { LIVE_TOPIC } from '../../lib/accounts/wire';
import { systemClock } from '../../lib/async/system-clock';

const AT_MOST_EVERY_MS = 1000;
const NEVER = new AbortController().signal;

/** Tells open editors to look again, at most once a second; says nothing about what there is to see. */
export function liveTeller(RED: NodeAPI): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    void systemClock.delay(AT_MOST_EVERY_MS, NEVER).then(() => {
      isDue = false;
      RED.comms.publish(LIVE_TOPIC, {}, false);
    });
  };
}
