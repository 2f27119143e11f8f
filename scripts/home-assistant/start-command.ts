import { inChroot, SHARED } from './chroot';
import type { Installed } from './installed';
import type { Command } from './run';

/** How an installed Home Assistant is started with a folder of settings; it downloads nothing. The process is Home Assistant itself. */
export function startCommand({ python, root }: Installed, folder: string): Command {
  const args = (config: string): readonly string[] => ['-m', 'homeassistant', '-c', config, '--skip-pip'];
  return root === null ? { program: python, args: args(folder) } : inChroot(root, { program: python, args: args(SHARED) }, folder);
}
