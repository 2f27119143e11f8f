import assert from 'node:assert/strict';
import { clearLeftovers } from '../../lib/entities/leftovers';
import { CustomEntities } from '../../lib/entities/custom-entities';
import type { EntitiesOf } from '../../lib/entities/way';
import { Ledger } from '../../lib/home/ledger';
import { createMemorySettings } from '../../lib/store/memory-settings';
import { definitionOf, deviceOf } from '../support/entity-samples';
import { FakeClock } from '../support/fake-clock';
import { MemoryHome } from './memory-home';

describe('what removed nodes have left', () => {
  const home = (): MemoryHome => new MemoryHome();
  const person: () => EntitiesOf = () => ({ personId: '0123456789ab', settings: createMemorySettings() });
  const quiet = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };
  const make = async (at: MemoryHome, of: EntitiesOf, owner: string, ...keys: readonly string[]): Promise<void> => {
    const transport = at.open(of, owner);
    transport.declare(
      deviceOf(),
      keys.map((key) => definitionOf(key)),
    );
    await transport.close();
  };
  const slug = deviceOf().slug;
  const patient = new AbortController().signal;

  it('is cleared; what nodes of the flows have made stays, disabled or not', async () => {
    const [at, ann] = [home(), person()];
    await make(at, ann, 'gone', 'steps', 'sleep_score');
    await make(at, ann, 'there', 'sleep_score');
    new CustomEntities(ann.settings, 'gone').put(definitionOf('mood'));
    const ports = { persons: () => [ann], isGone: (owner: string) => owner === 'gone', clock: new FakeClock(), logger: quiet };
    await clearLeftovers(ports, at, patient);
    assert.deepEqual(at.keys(slug), ['sleep_score']);
    assert.deepEqual(new Ledger(ann.settings).owners, ['there']);
    assert.deepEqual(new CustomEntities(ann.settings, 'gone').all, []);
  });

  it('at another place is left to whoever can reach that', async () => {
    const [at, ann] = [home(), person()];
    await make(at, ann, 'gone', 'steps');
    const ports = { persons: () => [ann], isGone: () => true, clock: new FakeClock(), logger: quiet };
    await clearLeftovers(ports, new MemoryHome('mqtt', 'other-broker'), patient);
    assert.deepEqual(at.keys(slug), ['steps']);
    assert.deepEqual(new Ledger(ann.settings).owners, ['gone']);
  });

  it('waits for a place that is away, and is cleared as soon as that is back', async () => {
    const [at, ann, clock] = [home(), person(), new FakeClock()];
    await make(at, ann, 'gone', 'steps');
    at.isAway = true;
    const done = clearLeftovers({ persons: () => [ann], isGone: () => true, clock, logger: quiet }, at, patient);
    await clock.untilWaiting();
    assert.deepEqual(at.keys(slug), ['steps']);
    at.isAway = false;
    await done; // no time has passed
    assert.deepEqual(at.keys(slug), []);
    assert.deepEqual(new Ledger(ann.settings).owners, []);
  });

  it('is given up when Node-RED stops, and found again at the next start', async () => {
    const [at, ann, clock, stop] = [home(), person(), new FakeClock(), new AbortController()];
    await make(at, ann, 'gone', 'steps');
    at.isAway = true;
    const ports = { persons: () => [ann], isGone: () => true, clock, logger: quiet };
    const done = clearLeftovers(ports, at, stop.signal);
    await clock.untilWaiting();
    stop.abort(new DOMException('stopping', 'AbortError'));
    await assert.rejects(done, /stopping/);
    at.isAway = false;
    await clearLeftovers(ports, at, patient);
    assert.deepEqual(at.keys(slug), []);
  });
});
