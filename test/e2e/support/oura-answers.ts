import type { SimulatorProgram } from './simulator-program';

export type Answer = Readonly<Record<string, unknown>>;

const DAY_MS = 86_400_000;

/** What the stand-in answers about a person's last days, asked without anything of the package. Oldest first, as it comes. */
export async function ouraAnswers(simulator: SimulatorProgram, index: number, path: string, days = 7): Promise<readonly Answer[]> {
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const now = Date.now();
  const range = `start_date=${day(now - days * DAY_MS)}&end_date=${day(now + 2 * DAY_MS)}`;
  const headers = { authorization: `Bearer ${simulator.tokens[index] ?? ''}` };
  const answer = await fetch(`${simulator.url}/v2/usercollection/${path}?${range}`, { headers });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  const { data } = (await answer.json()) as { readonly data: readonly Answer[] }; // as documented by Oura
  return data;
}

/** The newest document of a day that has one. */
export function newestOf(answers: readonly Answer[]): Answer {
  const newest = answers.toSorted((a, b) => String(a['day']).localeCompare(String(b['day']))).at(-1);
  if (newest === undefined) throw new Error('nothing was answered');
  return newest;
}

/** The main sleep of the newest night. */
export function mainSleepOf(answers: readonly Answer[]): Answer {
  const nights = answers.filter(({ type }) => type === 'long_sleep');
  const { day } = newestOf(nights);
  const ofDay = nights.filter((one) => one['day'] === day);
  const [longest] = ofDay.toSorted((a, b) => Number(b['total_sleep_duration']) - Number(a['total_sleep_duration']));
  return longest ?? newestOf(nights);
}
