import { json } from 'node:stream/consumers';
import { systemClock } from '../async/system-clock';
import { systemRandom } from '../async/system-random';
import { systemCode } from '../errors/system-code';
import { toOuraError } from '../errors/to-oura-error';
import type { Clock } from '../ports/clock';
import { FolderFiles } from '../store/folder-files';
import { InProcessTokenRequests } from './in-process-token-requests';
import { runTokenTask } from './run-token-task';
import { SimpleOAuth } from './simple-oauth';
import { TokenFiles } from './token-files';
import { toldError } from './told-error';
import { tokenOrderSchema, type TokenAnswer, type TokenOrder } from './token-task';

/**
 * The process that asks Oura: reads one order, does it, writes one answer, ends. Whatever becomes of Node-RED meanwhile, an order that has
 * arrived is finished, within the limits of its requests. An order that did not arrive whole is not begun.
 */
async function main(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined); // Node-RED may end, this goes on
  process.stdout.on('error', () => undefined); // nobody listens any more; the tokens are on the disk
  const answer = await answerTo(json(process.stdin));
  process.stdout.write(JSON.stringify(answer), () => process.exit());
}

async function answerTo(input: Promise<unknown>): Promise<TokenAnswer> {
  try {
    const order = tokenOrderSchema.parse(await input);
    return { error: null, value: await runTokenTask(order.task, requestsOf(order)) };
  } catch (cause) {
    return { error: toldError(toOuraError(cause)), value: null };
  }
}

function requestsOf({ now, place }: TokenOrder): InProcessTokenRequests {
  const { folder, secrets, installation, userAgent } = place;
  const aheadMs = now - systemClock.now();
  const clock: Clock = { now: () => systemClock.now() + aheadMs, delay: systemClock.delay };
  const files = new FolderFiles(folder);
  return new InProcessTokenRequests({
    store: new TokenFiles({ files, random: systemRandom, secrets: () => secrets, installation }),
    files,
    oauth: new SimpleOAuth({ clock, userAgent }),
    clock,
    random: systemRandom,
    pid: process.pid,
    isAlive,
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return systemCode(cause) === 'EPERM'; // it is there, but somebody else's
  }
}

void main();
