import { LIMITS } from '../../catalogue/limits';
import { OuraError } from '../../errors/oura-error';
import { toOuraError } from '../../errors/to-oura-error';
import type { Clock } from '../../ports/clock';
import type { Logger } from '../../ports/logger';
import type { HomeConfig } from '../home-config';
import type { HomeTarget } from '../home-target';
import { isVersionAtLeast } from '../is-version-at-least';
import type { HomeProblem, HomeTest } from '../wire';
import { homeAddress } from './home-address';
import { HomeSocket } from './home-socket';
import { openSocket } from './open-socket';

interface Ports {
  readonly clock: Clock;
  readonly logger: Logger;
}

type Wishes = Pick<HomeConfig, 'entities' | 'broker'>;

interface Found {
  readonly version: string;
  readonly isAdmin: boolean;
  readonly state: string;
  readonly mqtt: boolean;
  readonly companion: string | null;
}

/**
 * Tries a connection once and tells what is at its other end, and what keeps the wishes from coming true.
 * @param targetOf brings null when no connection was chosen; what it throws is told as a problem
 * @throws the signal's reason; everything else is told as a problem
 */
export async function tryHome(targetOf: () => HomeTarget | null, wishes: Wishes, ports: Ports, signal: AbortSignal): Promise<HomeTest> {
  try {
    const target = targetOf();
    if (target === null) return unknown(problemsWithout(wishes));
    const found = await look(target, ports, signal);
    const { version, isAdmin, mqtt, companion } = found;
    return { version, isAdmin, mqtt, companion, problems: problemsOf(found, wishes, homeAddress(target.url).host).map(told) };
  } catch (cause) {
    signal.throwIfAborted();
    return unknown([toOuraError(cause)]);
  }
}

async function look(target: HomeTarget, ports: Ports, signal: AbortSignal): Promise<Found> {
  const address = homeAddress(target.url);
  const late = new AbortController();
  const done = new AbortController();
  ports.clock.delay(LIMITS.homeCallTimeoutMs, done.signal).then(
    () => {
      late.abort(new OuraError('home_away', { host: address.host, reason: 'ETIMEDOUT' }));
    },
    () => undefined, // it came in time
  );
  try {
    const either = AbortSignal.any([late.signal, signal]);
    const socket = new HomeSocket(await openSocket(address, target, either), ports);
    try {
      return await ask(socket, either);
    } finally {
      await socket.close();
    }
  } finally {
    done.abort();
  }
}

async function ask(socket: HomeSocket, signal: AbortSignal): Promise<Found> {
  const call = (type: string): Promise<unknown> => socket.call({ type }, LIMITS.homeCallTimeoutMs, signal);
  const user = (await call('auth/current_user')) as { readonly is_admin?: unknown } | null; // Home Assistant's documented shapes
  const config = (await call('get_config')) as { readonly state?: unknown; readonly components?: unknown } | null;
  const companion = await call('nodered/version').catch((cause: unknown) => {
    const error = toOuraError(cause);
    if (error.code === 'home_refused') return null; // unknown: not there, or not loaded
    throw error;
  });
  return {
    version: socket.version,
    isAdmin: user?.is_admin === true,
    state: typeof config?.state === 'string' ? config.state : 'UNKNOWN',
    mqtt: Array.isArray(config?.components) && config.components.includes('mqtt'),
    companion: typeof companion === 'string' ? companion : null,
  };
}

function problemsOf({ version, isAdmin, state, mqtt, companion }: Found, wishes: Wishes, host: string): readonly OuraError[] {
  const needed = wishes.entities === 'companion' ? LIMITS.companionHomeAssistant : LIMITS.oldestHomeAssistant;
  return [
    ...(isAdmin ? [] : [new OuraError('home_not_admin')]),
    ...(isVersionAtLeast(version, needed) ? [] : [new OuraError('home_too_old', { version, needed })]),
    ...(state === 'RUNNING' ? [] : [new OuraError('home_away', { host, reason: state })]),
    ...(wishes.entities === 'companion' && companion === null ? [new OuraError('companion_missing')] : []),
    ...(wishes.entities === 'mqtt' && !mqtt ? [new OuraError('mqtt_missing')] : []),
    ...(wishes.entities === 'mqtt' ? withoutBroker(wishes) : []),
  ];
}

function problemsWithout(wishes: Wishes): readonly OuraError[] {
  return wishes.entities === 'companion' ? [new OuraError('home_connection_missing')] : withoutBroker(wishes);
}

function withoutBroker({ broker }: Wishes): readonly OuraError[] {
  return broker === '' ? [new OuraError('broker_missing')] : [];
}

function unknown(problems: readonly OuraError[]): HomeTest {
  return { version: null, isAdmin: null, mqtt: null, companion: null, problems: problems.map(told) };
}

function told({ code, params }: OuraError): HomeProblem {
  return { code, params };
}
