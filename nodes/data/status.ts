import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import { statusOfEvent, statusReport, type StatusChoice } from '../../lib/sources/status-report';
import { leaseOf, requireLease } from '../support/account-of';
import { messageAccount } from '../../lib/sources/message-account';
import { onInput } from '../support/on-input';
import { showState } from '../support/show-state';
import { statusLight } from '../support/status-light';
import { remedyOfError, sharedText, textOfError } from '../support/texts';

interface StatusDef extends NodeDef, StatusChoice {
  readonly account: string;
}

/** `oura-status`: tells sync results, states and problems as messages; any input asks for a full report. */
export function registerStatus(RED: NodeAPI): void {
  const wording = {
    text: (error: Parameters<typeof textOfError>[1]) => textOfError(RED, error),
    remedy: (error: Parameters<typeof textOfError>[1]) => remedyOfError(RED, error),
  };
  function StatusNode(this: Node, def: StatusDef): void {
    RED.nodes.createNode(this, def);
    const lease = leaseOf(RED, def.account);
    const messageOf = (payload: Record<string, unknown>): object => {
      const { session, slug } = requireLease(lease);
      return { topic: `oura/${slug}/status`, payload, oura: { account: messageAccount(session, slug) } };
    };
    onInput(RED, this, (msg) => Object.assign(msg, messageOf(statusReport(requireLease(lease).session, wording))));
    if (lease === null) {
      this.status({ fill: 'red', shape: 'ring', text: sharedText(RED, 'error.account_missing') });
      return;
    }
    const { session } = lease;
    const light = statusLight(this);
    const show = (): void => {
      light(showState(RED, session, null, null));
    };
    const end = session.events.add((event) => {
      show();
      const payload = statusOfEvent(event, def, wording, session.problems);
      if (payload !== null) this.send(messageOf(payload) as NodeMessage); // topic, payload and our own part
    });
    show();
    this.on('close', end);
  }
  RED.nodes.registerType('oura-status', StatusNode);
}
