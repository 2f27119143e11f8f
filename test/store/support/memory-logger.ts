import type { Logger } from '../../../lib/ports/logger';

/** Keeps what was logged, as `level: message`. */
export class MemoryLogger implements Logger {
  readonly lines: string[] = [];

  error(message: string): void {
    this.lines.push(`error: ${message}`);
  }

  warn(message: string): void {
    this.lines.push(`warn: ${message}`);
  }

  info(message: string): void {
    this.lines.push(`info: ${message}`);
  }

  debug(message: string): void {
    this.lines.push(`debug: ${message}`);
  }
}
