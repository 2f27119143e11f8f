/**
 * error = a person must act; warn = once when an outage starts; info when it ends; debug = method, path, status, ms, page. No health
 * value, token or secret.
 */
export interface Logger {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
}
