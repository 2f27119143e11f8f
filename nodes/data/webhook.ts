import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import { webhookNews, webhookReport } from '../../lib/accounts/webhook-report';
import { WEBHOOK_FAMILIES } from '../../lib/catalogue/webhook-families';
import type { Runtime } from '../../lib/runtime';
import { messageAccount } from '../../lib/sources/message-account';
import { webhookPayload, type WebhookChoice } from '../../lib/sources/webhook-message';
import { webhookOrder } from '../../lib/sources/webhook-order';
import { leaseOf, requireLease } from '../support/account-of';
import { checkAddress } from '../support/check-address';
import { followWebhooks } from '../support/follow-webhooks';
import { onInput } from '../support/on-input';
import { runtimeOf } from '../support/runtime-of';
import { remedyOfError, sharedText, textOfError } from '../support/texts';

interface WebhookDef extends NodeDef, WebhookChoice {
  readonly account: string;
}

/** `oura-webhook`: tells what webhooks tell, and how they stand; an input asks for that, checks the address or subscribes anew. */
export function registerWebhook(RED: NodeAPI, runtime: Runtime = runtimeOf(RED)): void {
  const wording = {
    text: (error: Parameters<typeof textOfError>[1]) => textOfError(RED, error),
    remedy: (error: Parameters<typeof textOfError>[1]) => remedyOfError(RED, error),
  };
  function WebhookNode(this: Node, def: WebhookDef): void {
    RED.nodes.createNode(this, def);
    const lease = leaseOf(RED, def.account);
    const messageOf = (payload: object): object => {
      const { session, slug } = requireLease(lease);
      return { topic: `oura/${slug}/webhook`, payload, oura: { account: messageAccount(session, slug) } };
    };
    const tell = (payload: object | null): void => {
      if (payload !== null) this.send(messageOf(payload) as NodeMessage); // topic, payload and our own part
    };
    onInput(RED, this, async (msg, signal) => {
      const { config } = requireLease(lease).session;
      const command = webhookOrder(msg);
      if (command === 'check') return Object.assign(msg, messageOf(await checkAddress(RED, runtime, config, signal)));
      if (command === 'subscribe') await runtime.webhooks.resubscribe(config.id, signal);
      return Object.assign(msg, messageOf(webhookReport(runtime.webhooks.statusOf(config.id), wording)));
    });
    if (lease === null) {
      this.status({ fill: 'red', shape: 'ring', text: sharedText(RED, 'error.account_missing') });
      return;
    }
    followWebhooks(RED, this, runtime.webhooks, lease.session, {
      onEvent: (event) => {
        tell(webhookPayload(event, def));
      },
      onNews: (status) => {
        tell(webhookNews(status, wording));
      },
    });
  }
  RED.nodes.registerType('oura-webhook', WebhookNode, { settings: { ouraWebhookFamilies: { value: WEBHOOK_FAMILIES, exportable: true } } });
}
