import type { Node, NodeAPI, NodeStatus } from 'node-red';
import type { EntitiesStatus } from '../../lib/entities/entities-status';
import type { PersonEntities } from '../../lib/entities/person-entities';
import type { AccountSession } from '../../lib/sync/account-session';
import { showState } from './show-state';
import { statusLight } from './status-light';
import { textOfError } from './texts';

/** Shows how the entities of a node are doing; while nobody is known yet, what the account does. */
export function entitiesLight(RED: NodeAPI, node: Node, session: AccountSession, entities: PersonEntities): () => void {
  const light = statusLight(node);
  return () => {
    light(statusOf(RED, session, entities.status));
  };
}

function statusOf(RED: NodeAPI, session: AccountSession, status: EntitiesStatus): NodeStatus {
  switch (status.kind) {
    case 'waiting':
      return showState(RED, session, null, null);
    case 'problem':
      return { fill: 'yellow', shape: 'ring', text: textOfError(RED, status.error) };
    case 'publishing':
      return { fill: 'blue', shape: 'dot', text: RED._('oura-entities.status.publishing', { entities: status.entities }) };
    case 'published':
      return { fill: 'green', shape: 'dot', text: RED._('oura-entities.status.published', { entities: status.entities }) };
  }
}
