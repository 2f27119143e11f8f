import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What says that this is a container (Docker, Podman). */
const CONTAINER = ['.dockerenv', 'run/.containerenv'];
const MACHINE = 'etc/machine-id';

/**
 * Differs between installations as far as that can be known: another folder, or the same one on another machine. A container made anew is
 * the same installation, so the machine counts outside containers only. Tells nothing about either.
 * @param root of the file system
 */
export function installationOf(folder: string, root = '/'): string {
  return createHash('sha256')
    .update(`${machineOf(root)}\n${folder}`)
    .digest('hex')
    .slice(0, 16);
}

function machineOf(root: string): string {
  const file = path.join(root, MACHINE);
  const isContainer = CONTAINER.some((name) => existsSync(path.join(root, name)));
  return isContainer || !existsSync(file) ? '' : readFileSync(file, 'utf8').trim();
}
