import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import { OuraError } from '../../lib/errors/oura-error';
import { messageAccount } from '../../lib/sources/message-account';
import { refreshOrder, type RefreshDefaults } from '../../lib/sources/refresh-order';
import { addDays } from '../../lib/sync/local-day';
import { refresh, type RefreshRequest } from '../../lib/sync/refresh';
import { leaseOf, requireLease } from '../support/account-of';
import { onInput, type Outgoing } from '../support/on-input';

interface RefreshDef extends NodeDef, RefreshDefaults {
  readonly account: string;
}

/** `oura-refresh`: asks Oura now; the changes come out of the source nodes. */
export function registerRefresh(RED: NodeAPI): void {
  function RefreshNode(this: Node, def: RefreshDef): void {
    RED.nodes.createNode(this, def);
    const lease = leaseOf(RED, def.account);
    let stop = new AbortController();

    const read = async (msg: NodeMessage, request: RefreshRequest, closing: AbortSignal): Promise<Outgoing> => {
      const { session, slug } = requireLease(lease);
      const signal = AbortSignal.any([closing, stop.signal]);
      const onProgress = (share: number): void => {
        this.status({ fill: 'blue', shape: 'dot', text: RED._('oura-refresh.status.reading', { percent: Math.round(100 * share) }) });
      };
      try {
        const result = await refresh(await session.whenEngine(signal), request, onProgress, signal);
        const { created, updated, deleted, failed } = result;
        const [fill, key] = failed > 0 ? (['yellow', 'failed'] as const) : (['green', deleted > 0 ? 'deleted' : 'done'] as const);
        this.status({ fill, shape: 'dot', text: RED._(`oura-refresh.status.${key}`, { created, updated, deleted, failed }) });
        return Object.assign(msg, { topic: `oura/${slug}/refresh`, payload: result, oura: { account: messageAccount(session, slug) } });
      } catch (error) {
        if (closing.aborted || !(error instanceof DOMException)) throw error; // else stopped by a message or with the account
        this.status({ fill: 'grey', shape: 'ring', text: RED._('oura-refresh.status.stopped') });
        return null;
      }
    };

    onInput(RED, this, async (msg, closing) => {
      const { session } = requireLease(lease);
      const engine = await session.whenEngine(closing);
      const order = refreshOrder(def, (msg as { oura?: unknown }).oura, engine.today, addDays);
      if (order.kind === 'read') return await read(msg, order.request, closing);
      if (order.kind === 'stop') {
        stop.abort();
        stop = new AbortController();
      }
      if (order.kind === 'stop' || order.kind === 'resume') engine.runHistory(order.kind === 'resume');
      if (order.kind !== 'next_morning') return null;
      const nextMorning = session.connection?.nextMorning ?? null;
      if (nextMorning === null) throw new OuraError('demo_only');
      nextMorning();
      return await read(msg, { families: [], range: 'recent' }, closing);
    });
  }
  RED.nodes.registerType('oura-refresh', RefreshNode);
}
