import type { Home } from '../../test/e2e/support/home';
import { newestOf, ouraAnswers } from '../../test/e2e/support/oura-answers';
import { METRIC_KEYS } from '../../lib/catalogue/metrics';
import { CONTROL_KEYS } from '../../lib/catalogue/controls';
import { DIAGNOSTIC_KEYS } from '../../lib/entities/diagnostics';
import { EVENT_KEYS } from '../../lib/entities/event-rows';
import { JUDGEMENT_KEYS } from '../../lib/entities/judgements';
import { Appearances } from './appearances';
import type { LoopDelays } from './loop-delays';
import { personsOf, writeFlow } from './persons-flow';
import { untilQuiet, type MessageKind, type OwnMessage } from './traffic';

/** One start of Node-RED with all persons. Times in milliseconds from the start of the process. */
export interface StartMeasured {
  /** When it was, in ms of `performance.now()`. */
  readonly begin: number;
  /** Until the last person is available. */
  readonly onlineMs: number;
  /** Until the last discovery, state or attributes were kept by the broker. */
  readonly completeMs: number;
  readonly messages: Readonly<Record<MessageKind, number>>;
  /** Messages by `state/<key>` and `attributes/<key>`, the most first. */
  readonly byKey: Readonly<Record<string, number>>;
  /** Latest the event loop was once the flows were starting. */
  readonly lateMs: number;
}

/** What one amended document made the package publish. */
export interface AmendedMeasured {
  /** Messages by `state/<key>` and `attributes/<key>`, of the person whose document it is. */
  readonly byTopic: Readonly<Record<string, number>>;
  /** Messages about the other persons. */
  readonly others: number;
}

export interface PersonsMeasured {
  readonly persons: number;
  readonly entitiesEach: number;
  readonly first: StartMeasured;
  /** From the start of Node-RED until Home Assistant has a state for every entity that is on. */
  readonly shownMs: number;
  /** How many entities those are. */
  readonly shown: number;
  readonly amended: AmendedMeasured;
  readonly second: StartMeasured;
}

/** Seeds of the simulator's persons. */
export const SEEDS: readonly string[] = Array.from({ length: 20 }, (_, index) => `p${String(index + 1).padStart(2, '0')}`);

const EACH = METRIC_KEYS.length + JUDGEMENT_KEYS.length + CONTROL_KEYS.length + EVENT_KEYS.length + DIAGNOSTIC_KEYS.length;
const OF_US = /\.oura_p\d\d_/;
const persons = personsOf(SEEDS);

/** Starts Node-RED with the entities of twenty persons, amends a document of one of them, and starts Node-RED again. */
export async function measurePersons(home: Home, delays: LoopDelays): Promise<PersonsMeasured> {
  await home.nodeRed.end();
  writeFlow(home, persons);
  const added = await Appearances.watch(home.homeAssistant, OF_US);
  const first = await start(home, delays);
  const isOn = [...(await keptConfigs(home)).values()].filter((config) => config.enabled_by_default !== false).length;
  await home.homeAssistant.until('all entities', () => added.count >= isOn);
  added.close();
  const amended = await amend(home);
  await home.nodeRed.end();
  const second = await start(home, delays);
  return { persons: persons.length, entitiesEach: EACH, first, shownMs: added.lastAt - first.begin, shown: added.count, amended, second };
}

async function start(home: Home, delays: LoopDelays): Promise<StartMeasured> {
  const { mosquitto } = home;
  const sent = mosquitto.messages.length;
  const begin = performance.now();
  await home.restartNodeRed();
  const listening = Date.now();
  const messages = await untilQuiet(mosquitto, sent, (some) =>
    persons.every(({ slug }) => some.findLast(({ kind, person }) => kind === 'availability' && person === slug)?.payload === 'online'),
  );
  const lateMs = delays.longest(listening);
  const last = (kinds: readonly MessageKind[]): number => (messages.findLast(({ kind }) => kinds.includes(kind))?.at ?? begin) - begin;
  const count = (kind: MessageKind): number => messages.filter((message) => message.kind === kind).length;
  return {
    begin,
    onlineMs: last(['availability']),
    completeMs: last(['config', 'state', 'attributes']),
    messages: { config: count('config'), state: count('state'), attributes: count('attributes'), availability: count('availability') },
    byKey: countsByTopic(messages.filter(({ kind }) => kind === 'state' || kind === 'attributes')),
    lateMs,
  };
}

/** The discoveries that the broker keeps. @throws Error unless they are those of every entity of every person */
async function keptConfigs({ mosquitto }: Home): Promise<ReadonlyMap<string, { readonly enabled_by_default?: boolean }>> {
  const kept = await mosquitto.retained('homeassistant/+/+/+/config');
  if (kept.size !== EACH * persons.length) throw new Error(`the broker keeps ${kept.size} discoveries`);
  return new Map([...kept].map(([topic, payload]) => [topic, JSON.parse(payload) as { readonly enabled_by_default?: boolean }]));
}

/** Another score for the newest readiness of the first person. */
async function amend({ mosquitto, simulator }: Home): Promise<AmendedMeasured> {
  const slug = persons[0]?.slug ?? '';
  const newest = newestOf(await ouraAnswers(simulator, 0, 'daily_readiness'));
  const score = Number(newest['score']) === 71 ? 72 : 71;
  await simulator.control('put', { endpoint: 'daily_readiness', body: { ...newest, score }, personId: simulator.personIds[0] });
  const sent = mosquitto.messages.length;
  await mosquitto.publish(`oura-e2e/refresh/${slug}`, 'now', { retain: false });
  const isScore = ({ kind, key }: OwnMessage): boolean => kind === 'state' && key === 'readiness_score';
  const messages = await untilQuiet(mosquitto, sent, (some) => some.some(isScore));
  const own = messages.filter(({ person }) => person === slug);
  return { byTopic: countsByTopic(own), others: messages.length - own.length };
}

function countsByTopic(messages: readonly OwnMessage[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { kind, key } of messages) counts.set(`${kind}/${key}`, (counts.get(`${kind}/${key}`) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a));
}
