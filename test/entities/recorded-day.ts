import { SimulatedPerson } from '../../lib/simulator/person/simulated-person';
import type { EntityState } from '../../lib/home/entity';
import { EntitiesRig } from './entities-rig';
import type { HomeEntity } from './memory-home';

const STEP_MS = 5 * 60_000;
const DAY_STEPS = 288;

/** A day of a simulated person as Home Assistant gets it: entities that are switched on by default. */
export interface RecordedDay {
  /** As they are when the day begins. */
  readonly entities: readonly HomeEntity[];
  /** What changed every five minutes; only steps in which something did. */
  readonly steps: readonly (readonly EntityState[])[];
}

/** Lives through a day with the clock moved by hand. Takes a minute. */
export async function recordedDay(): Promise<RecordedDay> {
  const person = new SimulatedPerson({ seed: 'recorder', firstDay: '2026-01-01', zone: 'UTC' });
  const rig = await EntitiesRig.of('2026-03-15T09:00:00Z', person);
  const { home } = rig;
  try {
    const served = await rig.shown({ historyDays: 30 });
    const entities = [...home.entities.values()].filter(({ definition }) => definition.enabledByDefault);
    const isOn = new Set(entities.map(({ definition: { key } }) => key));
    const steps: EntityState[][] = [];
    for (let step = 0; step < DAY_STEPS; step += 1) {
      const before = home.states.length;
      await rig.later(served, STEP_MS);
      const changed = home.states.slice(before).filter(({ key }) => isOn.has(key));
      if (changed.length > 0) steps.push(changed);
    }
    return { entities, steps };
  } finally {
    await rig.clear();
  }
}
