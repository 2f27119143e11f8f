import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Home } from '../../test/e2e/support/home';
import { accountNode, entitiesNodes, homeNode, refreshNodes, type FlowNode, type PersonInFlow } from '../../test/e2e/support/oura-flow';

const HISTORY_DAYS = 7;
/** The account's own default poll, in minutes: none comes while something is measured. */
const INTERVAL = 15;

/** Persons of the simulator, one for each seed. */
export function personsOf(seeds: readonly string[]): readonly PersonInFlow[] {
  return seeds.map((seed, index) => ({ name: seed, slug: seed, index }));
}

/** Puts the entities of all persons into the files of a Node-RED that does not run. */
export function writeFlow(home: Home, persons: readonly PersonInFlow[]): void {
  const nodes: readonly FlowNode[] = [
    { id: 'tab', type: 'tab', label: 'bench' },
    { ...home.brokerNode, id: 'broker' },
    homeNode(home),
    ...persons.flatMap((person) => [
      accountNode(home, person, { historyDays: HISTORY_DAYS, interval: INTERVAL }),
      ...entitiesNodes(person, { wires: [[]] }).slice(0, 1),
      ...refreshNodes(person),
    ]),
  ];
  const secrets = Object.fromEntries(nodes.flatMap((node) => ('credentials' in node ? [[node.id, node['credentials']]] : [])));
  const flow = nodes.map((node) => ({ ...node, credentials: undefined }));
  const { userDir } = home.nodeRed;
  writeFileSync(path.join(userDir, 'flows.json'), JSON.stringify(flow));
  writeFileSync(path.join(userDir, 'flows_cred.json'), JSON.stringify(secrets)); // as it is: `credentialSecret` is false
}
