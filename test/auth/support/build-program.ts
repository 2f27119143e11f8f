import path from 'node:path';
import { buildSync } from 'esbuild';

/** Bundles a program of the package, or of the tests, into one file that needs nothing else. @param entry below the root */
export function buildProgram(entry: string, outfile: string): string {
  const root = path.resolve(__dirname, '../../..');
  buildSync({ absWorkingDir: root, entryPoints: [entry], outfile, bundle: true, platform: 'node', target: 'node22', logLevel: 'error' });
  return outfile;
}
