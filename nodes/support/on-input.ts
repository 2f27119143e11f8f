import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { toOuraError } from '../../lib/errors/to-oura-error';
import { textOfError } from './texts';

export type Outgoing = NodeMessage | NodeMessage[][] | null;

/**
 * Binds an async handler: every outcome ends in exactly one `done`; closing the node aborts what is under way. `[[a, b]]` sends two
 * messages in order.
 */
export function onInput(RED: NodeAPI, node: Node, handle: (msg: NodeMessage, signal: AbortSignal) => Promise<Outgoing> | Outgoing): void {
  const closing = new AbortController();
  node.on('input', (msg, send, done) => {
    void (async () => {
      try {
        const out = await handle(msg, closing.signal);
        closing.signal.throwIfAborted();
        if (out !== null) send(out);
        done();
      } catch (cause) {
        if (closing.signal.aborted) {
          done();
          return;
        }
        const error = toOuraError(cause); // `cause` stays here: it may hold request headers
        const text = textOfError(RED, error);
        node.status({ fill: 'red', shape: 'ring', text });
        done(Object.assign(new Error(text), { code: error.code }));
      }
    })();
  });
  node.on('close', () => {
    closing.abort(); // waits for nothing, so it declares no `done`
  });
}
