import type { NodeAPI } from 'node-red';
import type { Logger } from '../../lib/ports/logger';

/** A logger for what belongs to no single node: its lines say that they are of this package. */
export function packageLogger(RED: NodeAPI): Logger {
  const tell = (level: 'error' | 'warn' | 'info' | 'debug') => (message: string) => {
    RED.log[level](`[oura] ${message}`);
  };
  return { error: tell('error'), warn: tell('warn'), info: tell('info'), debug: tell('debug') };
}
