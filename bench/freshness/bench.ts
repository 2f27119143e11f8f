import { curveOf, requestsAt, type CurvePoint } from './curve';
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
  /** The oracle by person. */
  readonly curves: Readonly<Record<string, readonly CurvePoint[]>>;
}

/** Runs persons and strategies one after the other. @param say hears what begins */
export async function bench(options: BenchOptions, say: (text: string) => void): Promise<Outcome> {
  const rows: Row[] = [];
  const curves: Record<string, readonly CurvePoint[]> = {};
  for (const scenario of options.scenarios) {
    const scene = sceneOf(scenario, options.days, options.warmUp);
    say(`${scenario.key}: ${scene.changes.length} changes in the cloud`);
    const curve = options.strategies.includes('oracle') ? curveOf(scene) : [];
    if (curve.length > 0) curves[scenario.key] = curve;
    for (const strategy of options.strategies) {
      if (strategy === 'oracle' || !makesSense(strategy, scenario)) continue;
      const began = performance.now();
      const measured = measure(scene, await runOf(strategy, scene));
      say(`  ${strategy}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
      if (measured.unknown + measured.limited > 0)
        throw new Error(`${measured.unknown} documents nobody knows, ${measured.limited} requests refused`);
      rows.push({ row: rowOf(scenario, strategy, measured, curve), measured });
    }
  }
  return { days: options.days, warmUp: options.warmUp, rows, curves };
}

function rowOf({ key }: Scenario, strategy: ResultRow['strategy'], measured: Measured, curve: readonly CurvePoint[]): ResultRow {
  const { requests, delay, afterEvent, never, learning, outage, silence } = measured;
  const { p50, mean } = delay.waking;
  const oracle = { p50: requestsAt(curve, 'p50', p50), mean: requestsAt(curve, 'mean', mean) };
  return { person: key, strategy, requests, waking: delay.waking, all: delay.all, afterEvent, never, learning, outage, silence, oracle };
}

/** Silence of webhooks is nothing to whoever has none. */
function makesSense(strategy: StrategyKey, { silence }: Scenario): boolean {
  return silence === null || strategy === 'webhooks';
}

async function runOf(strategy: Exclude<StrategyKey, 'oracle'>, scene: Scene): Promise<Run> {
  if (strategy === 'every-5') return everyMinutes(scene, 5);
  if (strategy === 'every-15') return everyMinutes(scene, 15);
  return await engineRun(scene, strategy === 'webhooks');
}
