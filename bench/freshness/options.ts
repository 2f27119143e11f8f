import { parseArgs } from 'node:util';
import { SCENARIOS, type Scenario } from './scenarios';

export const STRATEGIES = ['every-5', 'every-15', 'polling', 'webhooks', 'oracle'] as const;
export type StrategyKey = (typeof STRATEGIES)[number];

/** What to run. */
export interface BenchOptions {
  readonly scenarios: readonly Scenario[];
  readonly strategies: readonly StrategyKey[];
  readonly days: number;
  readonly warmUp: number;
  /** Everything, at full length: only then the results are written down. */
  readonly isFull: boolean;
  /** Also delays by family and requests by kind. */
  readonly isDetailed: boolean;
}

const FULL = { days: 60, warmUp: 14 };
const QUICK = { days: 4, warmUp: 3, persons: ['regular'] };

/**
 * `--quick` one person, few days · `--person a,b` · `--strategy a,b` · `--days n` · `--warm-up n` · `--detail`.
 * @throws RangeError for a name nobody has
 */
export function optionsOf(args: readonly string[]): BenchOptions {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const names = { person: text, strategy: text, days: text, 'warm-up': text, quick: flag, detail: flag };
  const { values } = parseArgs({ args: [...args], options: names });
  const keys = listOf(values.person) ?? (values.quick ? QUICK.persons : SCENARIOS.map(({ key }) => key));
  const base = values.quick ? QUICK : FULL;
  return {
    scenarios: keys.map((key) => found(SCENARIOS, ({ key: own }) => own === key, key)),
    strategies: (listOf(values.strategy) ?? STRATEGIES).map((key) => found(STRATEGIES, (own) => own === key, key)),
    days: Number(values.days ?? base.days),
    warmUp: Number(values['warm-up'] ?? base.warmUp),
    isFull: args.every((arg) => arg === '--detail'),
    isDetailed: values.detail,
  };
}

function listOf(text: string | undefined): readonly string[] | null {
  return text === undefined ? null : text.split(',');
}

function found<T>(list: readonly T[], is: (one: T) => boolean, name: string): T {
  const one = list.find(is);
  if (one === undefined) throw new RangeError(`there is no ${name}`);
  return one;
}
