import { curvesOf, requestsAt, type CurvePoint, type Curves } from './curve';
import { engineRun } from './engine-run';
import { everyMinutes } from './every-minutes';
import type { ResultRow } from './freshness-results';
import { measure, type Measured } from './measure';
import type { BenchOptions, StrategyKey } from './options';
import { sceneOf, type Scene } from './scene';
import type { Scenario } from './scenarios';
import type { Run } from './strategy';

/** One strategy with one person. */
export interface Row {
  readonly row: ResultRow;
  readonly measured: Measured;
}

/** All that was measured. */
export interface Outcome {
  readonly days: number;
  readonly warmUp: number;
  readonly rows: readonly Row[];
  /** The oracles by person. */
  readonly curves: Readonly<Record<string, Curves>>;
}

/** Runs persons and strategies one after the other. @param say hears what begins */
export async function bench(options: BenchOptions, say: (text: string) => void): Promise<Outcome> {
  const rows: Row[] = [];
  const curves: Record<string, Curves> = {};
  const lives = new Map<string, Curves>();
  for (const scenario of options.scenarios) {
    const scene = sceneOf(scenario, options.days, options.warmUp);
    say(`${scenario.key}: ${scene.changes.length} changes in the cloud`);
    const own = options.strategies.includes('oracle') ? await timed('oracle', say, () => remembered(lives, scene)) : null;
    if (own !== null) curves[scenario.key] = own;
    for (const strategy of options.strategies) {
      if (strategy === 'oracle' || !makesSense(strategy, scenario)) continue;
      const measured = measure(scene, await timed(strategy, say, () => runOf(strategy, scene)));
      if (measured.unknown + measured.limited > 0)
        throw new Error(`${measured.unknown} documents nobody knows, ${measured.limited} requests refused`);
      rows.push({ row: rowOf(scenario, strategy, measured, own), measured });
    }
  }
  return { days: options.days, warmUp: options.warmUp, rows, curves };
}

function rowOf({ key }: Scenario, strategy: ResultRow['strategy'], measured: Measured, curves: Curves | null): ResultRow {
  const { requests, delay, afterEvent, never, learning, outage, silence } = measured;
  const { p50, mean } = delay.waking;
  const needed = (curve: readonly CurvePoint[] = []): ResultRow['oracle'][keyof Curves] => ({
    p50: requestsAt(curve, 'p50', p50),
    mean: requestsAt(curve, 'mean', mean),
  });
  const oracle = { law: needed(curves?.law), day: needed(curves?.day) };
  return { person: key, strategy, requests, waking: delay.waking, all: delay.all, afterEvent, never, learning, outage, silence, oracle };
}

/** Oracles see no faults: the same life, the same curves. */
function remembered(lives: Map<string, Curves>, scene: Scene): Curves {
  const life = JSON.stringify(scene.personOptions);
  const curves = lives.get(life) ?? curvesOf(scene);
  lives.set(life, curves);
  return curves;
}

async function timed<T>(what: string, say: (text: string) => void, run: () => T | Promise<T>): Promise<T> {
  const began = performance.now();
  const done = await run();
  say(`  ${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return done;
}

/** Silence of webhooks is nothing to whoever has none. */
function makesSense(strategy: StrategyKey, { silences }: Scenario): boolean {
  return silences.length === 0 || strategy === 'webhooks';
}

async function runOf(strategy: Exclude<StrategyKey, 'oracle'>, scene: Scene): Promise<Run> {
  if (strategy === 'every-5') return everyMinutes(scene, 5);
  if (strategy === 'every-15') return everyMinutes(scene, 15);
  return await engineRun(scene, strategy === 'webhooks');
}
