import type { Home } from './home';

/** A node as a flow holds it. */
export type FlowNode = Readonly<Record<string, unknown>> & { readonly id: string };

const PLACE = { z: 'tab', x: 100, y: 100 };
/** Where the flow tells what its nodes put out: one topic for each. */
export const TOLD = 'oura-e2e/told';

export interface PersonInFlow {
  readonly name: string;
  readonly slug: string;
  /** Index of the simulator's person. */
  readonly index: number;
}

/** The two persons of a home. */
export const ANNA: PersonInFlow = { name: 'Anna', slug: 'anna', index: 0 };
export const BEN: PersonInFlow = { name: 'Ben', slug: 'ben', index: 1 };

/** The Oura home node of a flow, `home`. */
export function homeNode({ homeAssistant }: Home, more: object = {}): FlowNode {
  return {
    id: 'home',
    type: 'oura-home',
    name: 'Home',
    via: 'url',
    url: homeAssistant.url,
    broker: 'broker',
    discoveryPrefix: 'homeassistant',
    entities: 'mqtt',
    language: '',
    version: 1,
    credentials: { accessToken: homeAssistant.token },
    ...more,
  };
}

/** A person's account, `account-<slug>`. */
export function accountNode({ simulator }: Home, { name, slug, index }: PersonInFlow, more: object = {}): FlowNode {
  return {
    id: `account-${slug}`,
    type: 'oura-account',
    name,
    slug,
    mode: 'token',
    apiBase: simulator.url,
    historyDays: 40,
    interval: 1,
    version: 2,
    credentials: { accessToken: simulator.tokens[index] },
    ...more,
  };
}

/** The entities of a person, `entities-<slug>`, and the topic `oura-e2e/told/<slug>` that says what they put out. */
export function entitiesNodes({ slug }: PersonInFlow, more: object = {}): readonly FlowNode[] {
  const out = {
    id: `out-${slug}`,
    type: 'mqtt out',
    ...PLACE,
    topic: `${TOLD}/${slug}`,
    qos: '1',
    retain: '',
    broker: 'broker',
    wires: [],
  };
  const json = {
    id: `json-${slug}`,
    type: 'change',
    ...PLACE,
    rules: [TO_TEXT, { t: 'delete', p: 'topic', pt: 'msg' }],
    wires: [[out.id]],
  };
  const node = { id: `entities-${slug}`, type: 'oura-entities', ...PLACE, account: `account-${slug}`, home: 'home', version: 1 };
  return [{ ...node, wires: [[json.id]], ...more }, json, out];
}

/** `{topic, payload}` as a text. */
const TO_TEXT = { t: 'set', p: 'payload', pt: 'msg', to: '$string({"topic": topic, "payload": payload})', tot: 'jsonata' };

/** A node that asks Oura at once when something is published at `oura-e2e/refresh/<slug>`. */
export function refreshNodes({ slug }: PersonInFlow): readonly FlowNode[] {
  const ask = {
    id: `ask-${slug}`,
    type: 'mqtt in',
    ...PLACE,
    topic: `oura-e2e/refresh/${slug}`,
    qos: '1',
    datatype: 'utf8',
    broker: 'broker',
  };
  const refresh = {
    id: `refresh-${slug}`,
    type: 'oura-refresh',
    ...PLACE,
    account: `account-${slug}`,
    range: 'recent',
    version: 1,
    wires: [[]],
  };
  return [{ ...ask, inputs: 0, wires: [[refresh.id]] }, refresh];
}

/** Everything two persons need. */
export function twoPersons(home: Home): readonly FlowNode[] {
  const persons = [ANNA, BEN].flatMap((person) => [accountNode(home, person), ...entitiesNodes(person), ...refreshNodes(person)]);
  return [{ id: 'tab', type: 'tab', label: 'e2e' }, { ...home.brokerNode, id: 'broker' }, homeNode(home), ...persons];
}
