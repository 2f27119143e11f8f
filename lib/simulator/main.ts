import { parseArgs } from 'node:util';
import { systemClock } from '../async/system-clock';
import { systemRandom } from '../async/system-random';
import { MovableClock } from './movable-clock';
import { SimulatedPerson } from './person/simulated-person';
import { SimulatorServer } from './server/simulator-server';

const DAY_MS = 86_400_000;
const HISTORY_DAYS = 730;
/** How often webhook events that became due are sent. */
const DELIVER_EVERY_MS = 5000;

const OPTIONS = {
  port: { type: 'string' },
  'control-port': { type: 'string' },
  seed: { type: 'string', multiple: true },
  zone: { type: 'string' },
  'first-day': { type: 'string' },
  now: { type: 'string' },
  'page-size': { type: 'string' },
} as const;

/** A number of the command line. @throws RangeError when it is none */
function number(text: string, name: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new RangeError(`--${name} must be a whole number`);
  return value;
}

/** Starts the stand-in as the command line says and prints one line of JSON: where it is and what opens it. Ends on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  const realNow = systemClock.now();
  const now = values.now === undefined ? realNow : Date.parse(values.now);
  if (Number.isNaN(now)) throw new RangeError('--now must be a date-time such as 2026-11-24T08:00:00Z');
  const firstDay = values['first-day'] ?? new Date(now - HISTORY_DAYS * DAY_MS).toISOString().slice(0, 10);
  const seeds = values.seed ?? ['demo'];
  const zone = values.zone === undefined ? {} : { zone: values.zone };
  const pageSize = values['page-size'] === undefined ? undefined : number(values['page-size'], 'page-size');
  const tokens = Object.fromEntries(seeds.map((seed, person) => [`demo-${seed.replace(/[^A-Za-z0-9_-]/g, '-')}`, { person }]));
  const server = await SimulatorServer.start({
    persons: seeds.map((seed) => new SimulatedPerson({ seed, firstDay, ...zone })),
    clock: new MovableClock(systemClock, now - realNow),
    random: systemRandom,
    port: number(values.port ?? '0', 'port'),
    controlPort: number(values['control-port'] ?? '0', 'control-port'),
    tokens,
    ...(pageSize !== undefined && { pageSize: { documents: pageSize, rows: pageSize } }),
  });
  const { url, controlUrl, control } = server;
  const clients = control.applications().map(({ clientId, clientSecret, portal }) => ({ clientId, clientSecret, portal }));
  process.stdout.write(`${JSON.stringify({ url, controlUrl, tokens: Object.keys(tokens), persons: control.personIds, clients })}\n`);
  const ending = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      ending.abort();
    });
  while (!ending.signal.aborted) {
    await control.deliver();
    await systemClock.delay(DELIVER_EVERY_MS, ending.signal).catch(() => undefined); // aborted: the loop ends
  }
  await server.close();
}

main().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.message : 'unknown failure'}\n`);
  process.exitCode = 1;
});
