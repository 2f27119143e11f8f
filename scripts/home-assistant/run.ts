import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';

/** How a program is started. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/** Settings of the surrounding Python that would reach into an environment of its own. */
const FOREIGN = ['PIP_FIND_LINKS', 'PYTHONHOME', 'PYTHONPATH', 'VIRTUAL_ENV', 'UV_PYTHON'];

/** The environment for whatever is installed or started here. */
export function cleanEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !FOREIGN.includes(name));
  return { ...Object.fromEntries(kept), LANG: 'C.UTF-8', ...more };
}

/**
 * Runs a program to its end; what it says goes to a log.
 * @returns what it wrote to standard output
 * @throws Error with the end of what it said, when it could not be started or failed
 */
export function run({ program, args }: Command, log: string, more: NodeJS.ProcessEnv = {}): Promise<string> {
  appendFileSync(log, `\n$ ${[program, ...args].join(' ')}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: cleanEnvironment(more), stdio: ['ignore', 'pipe', 'pipe'] });
    let [said, printed] = ['', ''];
    const keep = (chunk: Buffer): void => {
      appendFileSync(log, chunk);
      said = (said + chunk.toString()).slice(-2000);
    };
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      keep(chunk);
    });
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`${program} ended with ${code ?? 'a signal'} (all of it in ${log}):\n${said.trimEnd()}`));
    });
  });
}
