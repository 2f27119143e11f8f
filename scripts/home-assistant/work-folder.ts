import path from 'node:path';

/** Where Home Assistant is installed: HA_WORK, or `.ha` of the repository. One folder below it for each wanted version. */
export function workFolder(): string {
  const named = process.env['HA_WORK'] ?? '';
  return named === '' ? path.resolve(__dirname, '../../.ha') : path.resolve(named);
}
