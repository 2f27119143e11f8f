import { Application } from '../../lib/api/application';
import { Budget } from '../../lib/api/budget';
import { OuraClient } from '../../lib/api/oura-client';
import { StaticAccessTokens } from '../../lib/auth/static-access-tokens';
import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../../lib/catalogue/endpoints';
import { LIMITS } from '../../lib/catalogue/limits';
import type { Clock } from '../../lib/ports/clock';
import type { Logger } from '../../lib/ports/logger';
import type { Random } from '../../lib/ports/random';
import { MovableClock } from '../../lib/simulator/movable-clock';
import { mulberry32 } from '../../lib/simulator/person/mulberry32';
import { SimulatorServer } from '../../lib/simulator/server/simulator-server';
import { JsonValues } from '../../lib/store/json-values';
import { createMemoryStore } from '../../lib/store/memory-store';
import { localTime } from '../../lib/sync/local-time';
import { PersonEngine } from '../../lib/sync/person-engine';
import { StoreKeeper } from '../../lib/sync/store-keeper';
import { DirectHttp } from './direct-http';
import { engineClock } from './engine-clock';
import { RememberingPerson } from './remembering-person';
import type { Scene } from './scene';
import { HOME_ZONE } from './scene';
import type { Run } from './strategy';
import { VirtualClock } from './virtual-clock';
import { Watch } from './watch';

/** Oura's cloud sends events so long after a sync (API facts, webhooks). */
export const EVENT_AFTER_MS = 30_000;
const HISTORY_DAYS = 14;
const TOKEN = 'bench';
const TOO_MANY = 429;

const quiet: Logger = { error: ignore, warn: ignore, info: ignore, debug: ignore };

/** Runs the package's engine through a scene, with its client, limits and store, against the stand-in of Oura's cloud. */
export async function engineRun(scene: Scene, webhooks: boolean, log: Logger = quiet): Promise<Run> {
  const clock = new VirtualClock(scene.start);
  const random = seeded();
  const server = SimulatorServer.inProcess({
    persons: [new RememberingPerson(scene.person, scene.changes)],
    clock: new MovableClock(clock),
    random,
    tokens: { [TOKEN]: { person: 0 } },
  });
  const http = new DirectHttp(server, clock);
  const keeper = new StoreKeeper({ opened: { store: createMemoryStore(), notice: null }, toMemory: (store) => store, logger: log });
  const engine: PersonEngine = new PersonEngine(
    { ...connectionOf(http, clock, random, log), keeper, clock: engineClock(clock, () => engine.nextAt), logger: log },
    { families: {}, historyDays: HISTORY_DAYS, retentionDays: {}, intervalMs: LIMITS.intervalMinutes * 60_000, zone: '', once: false },
  );
  const noticedAt: number[] = [];
  engine.events.add((event) => {
    if (event.type === 'synced') settle(http, event.endpoint, event.fetch);
    if (event.type === 'webhooks' && event.health === 'silent') noticedAt.push(clock.now());
  });
  const stop = new AbortController();
  const happenings = [engine.run(stop.signal), fail(scene, server, clock, stop.signal)];
  if (webhooks) happenings.push(deliver(scene, engine, keeper, clock, stop.signal));
  const watch = new Watch(scene.changes);
  await clock.runTo(scene.to, () => {
    watch.look(keeper.current, clock.now());
  });
  stop.abort();
  await Promise.allSettled(happenings);
  const requests = http.sent.map(({ at, path, status, kind }) => ({ at, path, kind: kind ?? (status === 200 ? 'other' : 'failed') }));
  const limited = http.sent.filter(({ status }) => status === TOO_MANY).length;
  return { seenAt: watch.seenAt, requests, noticedAt, unknown: watch.unknown, limited };
}

function connectionOf(
  http: DirectHttp,
  clock: Clock,
  random: Random,
  logger: Logger,
): { readonly client: OuraClient; readonly budget: Budget } {
  const localOf = (ms: number): ReturnType<typeof localTime> => localTime(ms, HOME_ZONE);
  const budget = new Budget({ limit: LIMITS.dailyBudget, settings: new JsonValues(), key: 'budget', clock, localOf });
  const tokens = new StaticAccessTokens(TOKEN);
  const application = new Application({ clock });
  return { budget, client: new OuraClient({ http, tokens, clock, random, logger, application, budget, base: 'http://simulator' }) };
}

/** What the last requests of a family were for is known when its fetch has ended. */
function settle({ sent }: DirectHttp, endpoint: EndpointKey, kind: string): void {
  const { path } = endpointOf(endpoint);
  for (let n = sent.length - 1; n >= 0; n -= 1) {
    const one = sent[n];
    if (one?.path !== path) continue;
    if (one.kind !== null) return;
    one.kind = one.status === 200 ? kind : 'failed';
  }
}

async function fail({ outage }: Scene, server: SimulatorServer, clock: Clock, signal: AbortSignal): Promise<void> {
  if (outage === null) return;
  await clock.delay(outage.from - clock.now(), signal);
  server.control.fail({ status: 503 });
  await clock.delay((outage.to - outage.from) / 2, signal);
  server.control.clearFaults();
  server.control.fail({ dropConnection: true });
  await clock.delay(outage.to - clock.now(), signal);
  server.control.clearFaults();
}

/** Puts the events of each change into the store's queue as the receiver does, and wakes the engine. */
async function deliver(scene: Scene, engine: PersonEngine, keeper: StoreKeeper, clock: Clock, signal: AbortSignal): Promise<void> {
  engine.cover(new Set(ENDPOINT_KEYS.filter((key) => endpointOf(key).webhook !== null)));
  for (const { endpoint, id, kind, at } of scene.changes) {
    if (id === null || kind === 'rows' || endpointOf(endpoint).webhook === null) continue;
    const due = at + EVENT_AFTER_MS;
    if (due > clock.now()) await clock.delay(due - clock.now(), signal);
    if (scene.silences.some(({ from, to }) => due >= from && due < to)) continue;
    const event = { endpoint, kind, id, at, receivedAt: due };
    if (!keeper.current.events.add(event)) continue;
    engine.events.tell({ type: 'heard', event });
    engine.heard();
  }
}

function seeded(): Random {
  const next = mulberry32(1);
  return { next, bytes: (length) => Uint8Array.from({ length }, () => Math.floor(next() * 256)) };
}

function ignore(): void {
  // nobody reads it
}
