import assert from 'node:assert/strict';
import type { Home } from '../support/home';
import { ouraAnswers, type Answer } from '../support/oura-answers';
import { accountNode, ANNA, BEN, homeNode, refreshNodes, TOLD, type FlowNode, type PersonInFlow } from '../support/oura-flow';
import { readRows, type HourRow } from '../support/read-rows';

const PATIENCE_MS = 240_000;
const DAY_MS = 86_400_000;
const HISTORY_DAYS = 40;
const PLACE = { z: 'tab', x: 100, y: 100 };

/** Means, daily totals, and where in Oura's answers they are: what the package reads is not asked. */
const MEANS: Readonly<Record<string, (all: Answers, day: string) => number | null>> = {
  sleep_score: ({ sleepScores }, day) => field(ofDay(sleepScores, day)[0], 'score'),
  sleep_contributor_deep_sleep: ({ sleepScores }, day) => field(contributors(ofDay(sleepScores, day)[0]), 'deep_sleep'),
  readiness_score: ({ readiness }, day) => field(ofDay(readiness, day)[0], 'score'),
  temperature_deviation: ({ readiness }, day) => field(ofDay(readiness, day)[0], 'temperature_deviation'),
  average_hrv: ({ nights }, day) => field(mainOf(nights, day), 'average_hrv'),
  lowest_heart_rate: ({ nights }, day) => field(mainOf(nights, day), 'lowest_heart_rate'),
  total_sleep_duration: ({ nights }, day) => minutes(field(mainOf(nights, day), 'total_sleep_duration')),
  awake_time: ({ nights }, day) => minutes(field(mainOf(nights, day), 'awake_time')),
  activity_score: ({ activity }, day) => field(ofDay(activity, day)[0], 'score'),
};
const SUMS: Readonly<Record<string, (all: Answers, day: string) => number | null>> = {
  steps: ({ activity }, day) => field(ofDay(activity, day)[0], 'steps'),
  active_calories: ({ activity }, day) => field(ofDay(activity, day)[0], 'active_calories'),
  sedentary_time: ({ activity }, day) => minutes(field(ofDay(activity, day)[0], 'sedentary_time')),
  workouts_today: ({ workouts }, day) => (workouts.some((one) => String(one['day']) <= day) ? ofDay(workouts, day).length : null),
};

interface Answers {
  readonly sleepScores: readonly Answer[];
  readonly readiness: readonly Answer[];
  readonly nights: readonly Answer[];
  readonly activity: readonly Answer[];
  readonly workouts: readonly Answer[];
}

interface Told {
  readonly topic: string;
  readonly payload: { readonly sent: number; readonly removed: readonly string[]; readonly statistics: readonly object[] };
}

/** The history of two persons in long-term statistics, read back through Home Assistant's own interface. */
export function describeStatistics(home: () => Home): void {
  describe('the statistics of two persons', () => {
    const idOf = ({ slug }: PersonInFlow, key: string): string => `oura:${slug}_${key}`;
    const personIdOf = ({ index }: PersonInFlow): string | undefined => home().simulator.personIds[index];
    let complained = 0;

    /** Days that are over, of the history that is wanted. */
    const days = (): readonly string[] => {
      const today = Date.now();
      return Array.from({ length: HISTORY_DAYS - 1 }, (_, index) =>
        new Date(today - (HISTORY_DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10),
      );
    };
    const answersOf = async ({ index }: PersonInFlow): Promise<Answers> => {
      const [first = ''] = days();
      const ask = async (path: string): Promise<readonly Answer[]> =>
        (await ouraAnswers(home().simulator, index, path, HISTORY_DAYS + 2)).filter(({ day }) => String(day) >= first);
      return {
        sleepScores: await ask('daily_sleep'),
        readiness: await ask('daily_readiness'),
        nights: await ask('sleep'),
        activity: await ask('daily_activity'),
        workouts: await ask('workout'),
      };
    };
    const expected = async (person: PersonInFlow, noon: string): Promise<Readonly<Record<string, readonly HourRow[]>>> => {
      const answers = await answersOf(person);
      const rows = (values: (day: string) => number | null, row: (value: number) => Omit<HourRow, 'start'>): readonly HourRow[] =>
        days().flatMap((day) => {
          const value = values(day);
          return value === null ? [] : [{ start: Date.parse(`${day}T${noon}:00Z`), ...row(value) }];
        });
      const means = Object.entries(MEANS).map(([key, read]) => {
        return [
          idOf(person, key),
          rows(
            (day) => read(answers, day),
            (value) => ({ mean: value, min: value, max: value }),
          ),
        ] as const;
      });
      const sums = Object.entries(SUMS).map(([key, read]) => {
        let sum = 0;
        const add = (state: number): Omit<HourRow, 'start'> => ({ state, sum: (sum = rounded(sum + state)) });
        return [idOf(person, key), rows((day) => read(answers, day), add)] as const;
      });
      return Object.fromEntries([...means, ...sums]);
    };
    /** What differs from what is wanted; null = nothing does. */
    const difference = async (wanted: Readonly<Record<string, readonly HourRow[]>>): Promise<string | null> => {
      const today = Date.parse(new Date().toISOString().slice(0, 10));
      const there = await readRows(home().homeAssistant, Object.keys(wanted));
      for (const [id, rows] of Object.entries(wanted)) {
        const own = (there[id] ?? []).filter(({ start }) => start < today).map(known);
        const shall = rows.map(known);
        if (JSON.stringify(own) !== JSON.stringify(shall)) return `${id}: ${firstDifference(own, shall)}`;
      }
      return null;
    };
    const untilEqual = (...persons: readonly PersonInFlow[]): Promise<void> => untilEqualAt('12:00', ...persons);
    /** @param noon the hour of each day, UTC */
    const untilEqualAt = async (noon: string, ...persons: readonly PersonInFlow[]): Promise<void> => {
      for (const person of persons) {
        const wanted = await expected(person, noon);
        let differs: string | null = null;
        await home()
          .nodeRed.until('statistics', async () => (differs = await difference(wanted)) === null, PATIENCE_MS)
          .catch((cause: unknown) => {
            throw new Error(String(differs), { cause });
          });
      }
    };
    const ids = async (person: PersonInFlow): Promise<readonly string[]> => {
      const all = await home().homeAssistant.send<readonly { readonly statistic_id: string }[]>({ type: 'recorder/list_statistic_ids' });
      return all.map(({ statistic_id: id }) => id).filter((id) => id.startsWith(idOf(person, '')));
    };
    /** Sends a message to a person's node. @returns what comes out */
    const order = async ({ slug }: PersonInFlow, oura: object): Promise<Told['payload']> => {
      const { mosquitto } = home();
      const seen = mosquitto.messages.length;
      await mosquitto.publish(`oura-e2e/statistics/${slug}`, oura, { retain: false });
      const { payload } = await mosquitto.message(`${TOLD}/${slug}`, () => true, seen);
      return (JSON.parse(payload) as Told).payload; // put together in the flow
    };
    const refresh = ({ slug }: PersonInFlow): Promise<void> =>
      home().mosquitto.publish(`oura-e2e/refresh/${slug}`, 'now', { retain: false });

    before('deploy', async () => {
      complained = home().homeAssistant.lines.length;
      await home().nodeRed.deploy(flowOf(home()));
    });

    it('are equal to what Oura answers, for every day of the history', async () => {
      await untilEqual(ANNA, BEN);
      for (const person of [ANNA, BEN]) assert.ok((await ids(person)).length >= 90);
    });

    it('have the unit, the name and the kind that were promised', async () => {
      const all = await home().homeAssistant.send<readonly Readonly<Record<string, unknown>>[]>({ type: 'recorder/list_statistic_ids' });
      const found = (key: string): readonly unknown[] => {
        const one = all.find(({ statistic_id: id }) => id === idOf(ANNA, key));
        return [one?.['name'], one?.['source'], one?.['statistics_unit_of_measurement'], one?.['has_sum']];
      };
      assert.deepEqual(found('total_sleep_duration'), ['Oura Anna Sleep total', 'oura', 'min', false]);
      assert.deepEqual(found('steps'), ['Oura Anna Activity steps', 'oura', 'steps', true]);
      assert.deepEqual(found('workouts_today'), ['Oura Anna Workout count today', 'oura', null, true]);
    });

    it('follow an amended night and an amended day, and leave the other person alone', async () => {
      const { simulator } = home();
      const { sleepScores, nights, activity } = await answersOf(ANNA);
      const [day = ''] = days().slice(-20);
      const personId = personIdOf(ANNA);
      const score = { ...ofDay(sleepScores, day)[0], score: 41 };
      const night = { ...mainOf(nights, day), awake_time: 0, average_hrv: 17 };
      const steps = { ...ofDay(activity, day)[0], steps: 12_345 };
      await simulator.control('put', { endpoint: 'daily_sleep', body: score, personId });
      await simulator.control('put', { endpoint: 'sleep', body: night, personId });
      await simulator.control('put', { endpoint: 'daily_activity', body: steps, personId });
      await refresh(ANNA);
      await untilEqual(ANNA, BEN);
      const rows = await readRows(home().homeAssistant, [idOf(ANNA, 'sleep_score')]);
      assert.equal(rows[idOf(ANNA, 'sleep_score')]?.find(({ start }) => start === Date.parse(`${day}T12:00:00Z`))?.mean, 41);
    });

    it('move to the noon of another zone when the person chooses one, and leave no hour behind', async () => {
      for (const [zone, noon] of [
        ['Asia/Kathmandu', '06:00'], // 12:00 at +05:45 is 06:15
        ['UTC', '12:00'],
      ] as const) {
        await home().nodeRed.deploy(flowOf(home(), { zone }));
        await untilEqualAt(noon, BEN);
      }
    });

    it('are not sent again when nothing has changed, not even after a restart of Node-RED', async () => {
      await order(BEN, {}); // comes after what is under way
      for (const person of [ANNA, BEN]) assert.equal((await order(person, {})).sent, 0, person.slug);
      await home().restartNodeRed('SIGKILL');
      await home().nodeRed.until('the broker', () => home().nodeRed.log.some((line) => line.includes('Connected to broker')));
      for (const person of [ANNA, BEN]) {
        const { sent, statistics } = await home().nodeRed.until('a report', () => order(person, {}).catch(() => null));
        assert.equal(sent, 0, person.slug);
        assert.ok(statistics.length >= 90);
      }
    });

    it('catch up with what came while Home Assistant was away', async () => {
      const { simulator, homeAssistant } = home();
      const { sleepScores } = await answersOf(BEN);
      const [day = ''] = days().slice(-5);
      await homeAssistant.stop();
      const score = { ...ofDay(sleepScores, day)[0], score: 42 };
      await simulator.control('put', { endpoint: 'daily_sleep', body: score, personId: personIdOf(BEN) });
      await refresh(BEN);
      await homeAssistant.startAgain();
      await untilEqual(BEN, ANNA);
    });

    it('go when a message says so, ours only, and come again with the next one', async () => {
      const { homeAssistant } = home();
      await homeAssistant.send({
        type: 'recorder/import_statistics',
        metadata: foreign(homeAssistant.isSince(2025, 11)),
        stats: [{ start: '2026-01-01T00:00:00+00:00', mean: 1, min: 1, max: 1 }],
      });
      const { removed } = await order(ANNA, { remove: true });
      assert.ok(removed.length >= 90);
      assert.deepEqual(await ids(ANNA), []);
      assert.ok((await ids(BEN)).length >= 90);
      const rows = await homeAssistant.until(
        'the foreign one',
        async () => (await readRows(homeAssistant, ['other:power']))['other:power'],
      );
      assert.equal(rows.length, 1);
      await order(ANNA, {});
      await untilEqual(ANNA, BEN);
    });

    it('go under another slug without leaving the old ones behind', async () => {
      await home().nodeRed.deploy(flowOf(home(), { slug: 'anna_new' }));
      await untilEqual({ ...ANNA, slug: 'anna_new' });
      await home().homeAssistant.until('the old ones to go', async () => (await ids(ANNA)).every((id) => id.startsWith('oura:anna_new_')));
    });

    it('stay when their node is switched off, and go when it is removed', async () => {
      const { homeAssistant, nodeRed } = home();
      const flow = flowOf(home());
      const isBens = ({ id }: FlowNode): boolean => id === 'statistics-ben';
      await nodeRed.deploy(flow.map((node) => (isBens(node) ? { ...node, d: true } : node)));
      await untilEqual(BEN);
      await nodeRed.deploy(flow.filter((node) => !isBens(node)));
      await homeAssistant.until('all of Ben to go', async () => (await ids(BEN)).length === 0);
      await nodeRed.deploy([{ id: 'tab', type: 'tab' }, { ...home().brokerNode, id: 'broker' }, homeNode(home())]);
      await homeAssistant.until('all of Anna to go', async () => (await ids(ANNA)).length === 0);
    });

    it('have made Home Assistant complain about nothing', () => {
      assert.deepEqual(home().homeAssistant.complaints(complained), []);
    });
  });
}

/** Both persons. @param slug Anna's, when it is another one. @param zone Ben's, when he chose one */
function flowOf(
  home: Home,
  { slug = ANNA.slug, zone = 'UTC' }: { readonly slug?: string; readonly zone?: string } = {},
): readonly FlowNode[] {
  const own = { [ANNA.slug]: { slug }, [BEN.slug]: { timezone: zone } };
  const persons = [ANNA, BEN].flatMap((person) => [
    accountNode(home, person, { historyDays: HISTORY_DAYS, ...own[person.slug] }),
    ...statisticsNodes(person.slug),
    ...refreshNodes(person).map(readsAll),
  ]);
  return [{ id: 'tab', type: 'tab', label: 'e2e' }, { ...home.brokerNode, id: 'broker' }, homeNode(home), ...persons];
}

function readsAll(node: FlowNode): FlowNode {
  return node['type'] === 'oura-refresh' ? { ...node, range: 'all' } : node;
}

/** A statistics node that takes orders at `oura-e2e/statistics/<own>` and tells at `oura-e2e/told/<own>`. */
function statisticsNodes(own: string): readonly FlowNode[] {
  const mqtt = { ...PLACE, qos: '1', broker: 'broker' };
  const change = { type: 'change', ...PLACE };
  const text = { t: 'set', p: 'payload', pt: 'msg', to: '$string({"topic": topic, "payload": payload})', tot: 'jsonata' };
  return [
    {
      id: `order-${own}`,
      type: 'mqtt in',
      ...mqtt,
      topic: `oura-e2e/statistics/${own}`,
      datatype: 'json',
      inputs: 0,
      wires: [[`oura-${own}`]],
    },
    {
      id: `oura-${own}`,
      ...change,
      rules: [{ t: 'move', p: 'payload', pt: 'msg', to: 'oura', tot: 'msg' }],
      wires: [[`statistics-${own}`]],
    },
    {
      id: `statistics-${own}`,
      type: 'oura-statistics',
      ...PLACE,
      account: `account-${own}`,
      home: 'home',
      version: 1,
      wires: [[`json-${own}`]],
    },
    { id: `json-${own}`, ...change, rules: [text, { t: 'delete', p: 'topic', pt: 'msg' }], wires: [[`told-${own}`]] },
    { id: `told-${own}`, type: 'mqtt out', ...mqtt, topic: `${TOLD}/${own}`, retain: '', wires: [] },
  ];
}

/** Metadata of somebody else's statistic. */
function foreign(isNew: boolean): object {
  const common = { statistic_id: 'other:power', source: 'other', name: 'Power', unit_of_measurement: 'W', has_sum: false };
  return isNew ? { ...common, mean_type: 1, unit_class: null } : { ...common, has_mean: true };
}

function ofDay(answers: readonly Answer[], day: string): readonly Answer[] {
  return answers.filter((one) => one['day'] === day);
}

/** The longest long sleep of a day. */
function mainOf(nights: readonly Answer[], day: string): Answer | undefined {
  const long = ofDay(nights, day).filter(({ type }) => type === 'long_sleep');
  return long.toSorted((a, b) => Number(b['total_sleep_duration']) - Number(a['total_sleep_duration']))[0];
}

function contributors(answer: Answer | undefined): Answer | undefined {
  return answer?.['contributors'] as Answer | undefined; // as documented by Oura
}

function field(answer: Answer | undefined, name: string): number | null {
  const value = answer?.[name];
  return typeof value === 'number' ? value : null;
}

function minutes(seconds: number | null): number | null {
  return seconds === null ? null : Math.round((seconds / 60) * 100) / 100;
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** A row without what its kind does not have. */
function known({ start, mean, min, max, state, sum }: HourRow): Readonly<Record<string, number>> {
  const all = { start, mean, min, max, state, sum };
  return Object.fromEntries(Object.entries(all).flatMap(([key, value]) => (typeof value === 'number' ? [[key, rounded(value)]] : [])));
}

function firstDifference(own: readonly object[], shall: readonly object[]): string {
  const at = shall.findIndex((row, index) => JSON.stringify(row) !== JSON.stringify(own[index]));
  const [is, should] = [own[at], shall[at]].map((row) => JSON.stringify(row));
  return `${own.length} rows, ${shall.length} expected; the first other one is ${String(is)}, not ${String(should)}`;
}
