import type { Clock } from '../ports/clock';
import type { Random } from '../ports/random';
import { MovableClock } from './movable-clock';
import { SimulatedPerson } from './person/simulated-person';
import { SimulatorServer } from './server/simulator-server';

/** A simulated ring served over HTTP inside the process. */
export interface Demo {
  /** Base address of the stand-in, on the loopback interface. */
  readonly url: string;
  readonly token: string;
  /** The demo's clock is also its account's clock. */
  readonly clock: Clock;
  /** Moves the clock to the next morning, shortly after the app was opened. @returns the new time, epoch ms */
  nextMorning(): number;
  close(): Promise<void>;
}

export interface DemoOptions {
  readonly seed: string;
  readonly clock: Clock;
  readonly random: Random;
  /** IANA zone of the person. */
  readonly zone: string;
}

const HISTORY_MS = 730 * 86_400_000;
const DAY_MS = 86_400_000;
/** The ring syncs this soon after the start, so that a visitor sees something happen. */
const FIRST_SYNC_IN_MS = 40_000;

/** Starts the stand-in with one person who has worn a ring for two years. The clock starts just before a sync. */
export async function startDemo({ seed, clock: base, random, zone }: DemoOptions): Promise<Demo> {
  const now = base.now();
  const person = new SimulatedPerson({ seed, zone, firstDay: new Date(now - HISTORY_MS).toISOString().slice(0, 10) });
  const nextSync = person.syncs(now + FIRST_SYNC_IN_MS, now + 2 * DAY_MS)[0]?.at ?? now + FIRST_SYNC_IN_MS;
  const clock = new MovableClock(base, nextSync - now - FIRST_SYNC_IN_MS);
  const token = `demo-${seed.replace(/[^A-Za-z0-9_-]/g, '-')}`;
  const server = await SimulatorServer.start({ persons: [person], clock, random, tokens: { [token]: { person: 0 } } });
  const personId = person.personalInfo['id'] as string; // the simulated person always has one
  return {
    url: server.url,
    token,
    clock,
    nextMorning: () => server.control.nextMorning(personId),
    close: () => server.close(),
  };
}
