import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT, type RealNodeRed } from './real-node-red';

/** The package as npm packs it. */
export interface PackedPackage {
  /** Installs it as the palette manager does with an uploaded file. */
  install(nodeRed: RealNodeRed): Promise<void>;
  clear(): void;
}

export function packedPackage(): PackedPackage {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pack-'));
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const printed = execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const [packed] = JSON.parse(printed) as { filename: string }[]; // npm's documented shape
  const tarball = path.join(folder, packed?.filename ?? '');
  return {
    install: async (nodeRed) => {
      const form = new FormData();
      form.append('tarball', new Blob([readFileSync(tarball)]), 'package.tgz');
      await nodeRed.admin('POST', '/nodes', form);
    },
    clear: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
