import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import { nodeTypeOf } from '../../lib/catalogue/node-type';
import { familyView } from '../../lib/sources/family-view';
import { Source, type SourceOptions } from '../../lib/sources/source';
import { leaseOf, requireLease } from '../support/account-of';
import { onInput } from '../support/on-input';
import { showState } from '../support/show-state';
import { statusLight } from '../support/status-light';
import { sharedText } from '../support/texts';
import { toMessages } from './to-messages';

interface SourceDef extends NodeDef, Omit<SourceOptions, 'reader' | 'endpoint' | 'id'> {
  readonly account: string;
  readonly split: boolean;
  /** `select: id`; a node's own id is called id already */
  readonly documentId?: string;
}

/** One source node type per endpoint: changes as they come, answers on request. */
export function registerSource(RED: NodeAPI, endpoint: EndpointKey): void {
  function SourceNode(this: Node, def: SourceDef): void {
    RED.nodes.createNode(this, def);
    const lease = leaseOf(RED, def.account);
    const source = lease === null ? null : new Source(lease, { ...def, id: def.documentId, reader: this.id, endpoint });
    const light = statusLight(this);
    const show = (): void => {
      if (lease === null) return;
      light(showState(RED, lease.session, endpoint, familyView(lease.session, endpoint).family.newestDay));
    };
    onInput(RED, this, (msg) => {
      requireLease(lease);
      if (source === null || def.output === 'changes') return null;
      const { message, isList } = source.answer((msg as { oura?: unknown }).oura);
      return toMessages(RED, msg, message, isList && def.split);
    });
    if (lease === null || source === null) {
      this.status({ fill: 'red', shape: 'ring', text: sharedText(RED, 'error.account_missing') });
      return;
    }
    const ends = [
      source.follow((message) => {
        this.send(message as unknown as NodeMessage); // a SourceMessage is a message with our own payload
      }),
      lease.session.events.add(show),
    ];
    show();
    this.on('close', () => {
      for (const end of ends) end();
    });
  }
  RED.nodes.registerType(nodeTypeOf(endpoint), SourceNode);
}
