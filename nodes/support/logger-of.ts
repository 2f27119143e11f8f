import type { Node } from 'node-red';
import type { Logger } from '../../lib/ports/logger';

/** A logger that says whose line it is: Node-RED puts type and name of the node before it. */
export function loggerOf(node: Node): Logger {
  return {
    error: (message) => {
      node.error(message);
    },
    warn: (message) => {
      node.warn(message);
    },
    info: (message) => {
      node.log(message);
    },
    debug: (message) => {
      node.debug(message);
    },
  };
}
