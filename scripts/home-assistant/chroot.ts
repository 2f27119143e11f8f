import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import { findProgram, installPackages, isRoot, mayInstallPackages } from './debian';
import { run, type Command } from './run';

/** g++ for the few requirements without a wheel for the newest Python. */
const PACKAGES = ['ca-certificates', 'g++', 'python3-dev', 'python3-venv'];
const LEFT_OUT = ['doc', 'info', 'locale', 'man'];
const OPTIONS = [
  '--mode=root',
  '--variant=apt',
  `--include=${PACKAGES.join(',')}`,
  '--dpkgopt=force-unsafe-io',
  ...LEFT_OUT.map((folder) => `--dpkgopt=path-exclude=/usr/share/${folder}/*`),
  '--aptopt=Acquire::Languages "none"',
  '--aptopt=Acquire::Check-Valid-Until "false"',
];
/** Whom the machine trusts. */
export const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';
/** How the machine reaches the network. */
const NETWORK = ['/etc/resolv.conf', '/etc/hosts', '/etc/pip.conf', CERTIFICATES];
const MIRROR = 'http://deb.debian.org/debian';
/** What is mounted is seen, and stays, as long as the program runs, however it ends: an interrupted mmdebstrap leaves nothing behind. */
const OWN_MOUNTS = ['--mount', '--propagation', 'private'];
/** Where a folder of the machine is seen inside. */
export const SHARED = '/mnt';

/** Why no Debian of another release can be run in a folder here, or null when it can. HA_CHROOT=0 forbids it. */
export function whyNoChroot(): string | null {
  if (process.env['HA_CHROOT'] === '0') return 'HA_CHROOT is 0';
  if (!isRoot()) return 'that needs root';
  if (findProgram('mmdebstrap') === null && !mayInstallPackages()) return 'there is no mmdebstrap';
  const { status } = spawnSync('unshare', [...OWN_MOUNTS, 'mount', '-t', 'proc', 'proc', '/mnt']);
  return status === 0 ? null : 'nothing may be mounted';
}

/** A small Debian with Python in a folder; made once. @throws Error when mmdebstrap fails */
export async function makeChroot(suite: string, root: string, log: string): Promise<void> {
  if (!existsSync(root)) {
    if (findProgram('mmdebstrap') === null) await installPackages(['mmdebstrap'], log);
    const partial = `${root}.part`;
    await run({ program: 'rm', args: ['-rf', '--one-file-system', partial] }, log); // never into what might be mounted there
    await run({ program: 'unshare', args: [...OWN_MOUNTS, 'mmdebstrap', ...OPTIONS, suite, partial, mirror()] }, log);
    renameSync(partial, root);
  }
  for (const file of NETWORK.filter((name) => existsSync(name))) cpSync(file, path.join(root, file), { dereference: true });
}

/**
 * The command as it is run inside. It sees `/proc` and, where one is named, a folder of the machine at `SHARED`; both are mounted in a
 * namespace that ends with the command, so that nothing stays mounted. The process started is the command itself: each step becomes the next.
 */
export function inChroot(root: string, { program, args }: Command, shared: string | null = null): Command {
  const script = `mount -t proc proc "$1/proc"; ${shared === null ? '' : `mount --bind "$2" "$1${SHARED}"; `}root=$1; shift 2; exec chroot "$root" "$@"`;
  const rest = ['sh', root, shared ?? '', 'env', 'HOME=/root', 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];
  return { program: 'unshare', args: [...OWN_MOUNTS, 'sh', '-ec', script, ...rest, program, ...args] };
}

/** The mirror that apt uses already, where that is a Debian. */
function mirror(): string {
  const { stdout } = spawnSync('apt-get', ['indextargets', '--format', '$(REPO_URI)'], { encoding: 'utf8' });
  return stdout.split('\n').find((line) => /\/debian\/?$/.test(line)) ?? MIRROR;
}
