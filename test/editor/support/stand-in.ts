import { systemClock } from '../../../lib/async/system-clock';
import { systemRandom } from '../../../lib/async/system-random';
import { SimulatorServer } from '../../../lib/simulator/server/simulator-server';
import { HandPerson } from '../../simulator/server/support/hand-person';
import { dailySleep, night } from '../../support/days';

const PERSONS = ['person-1', 'person-2'] as const;
export const TOKEN = 'token-of-person-1';
export const CLIENT = { clientId: 'legacy-app', clientSecret: 'legacy-secret' } as const;

/**
 * A stand-in of Oura with persons who have slept last night; its consent page allows at once, for the first of them.
 * @param ids accounts of one person share a connection, also with those of another stand-in
 */
export function startStandIn(ids: readonly string[] = PERSONS): Promise<SimulatorServer> {
  const today = new Date(systemClock.now()).toISOString().slice(0, 10);
  const persons = ids.map((id) => new HandPerson([dailySleep(today, 72), night(today)], { zone: 'UTC', id }));
  return SimulatorServer.start({ persons, clock: systemClock, random: systemRandom, tokens: { [TOKEN]: { person: 0 } } });
}
