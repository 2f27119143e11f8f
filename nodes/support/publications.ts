import { OuraError } from '../../lib/errors/oura-error';
import type { Broker } from '../../lib/ports/broker';
import type { BrokerNode } from './broker-node';

/** Messages given to a broker's node that have not arrived. */
export class Publications {
  readonly #node: BrokerNode;
  readonly #onEmpty: () => void;
  readonly #underWay = new Set<(cause: Error) => void>();

  constructor(node: BrokerNode, onEmpty: () => void) {
    this.#node = node;
    this.#onEmpty = onEmpty;
  }

  get isEmpty(): boolean {
    return this.#underWay.size === 0;
  }

  /** Hands a message over before it returns. @throws OuraError broker_away */
  add(message: Parameters<Broker['publish']>[0], isConnected: boolean): Promise<void> {
    if (!isConnected) return Promise.reject(new OuraError('broker_away'));
    const arrival = Promise.withResolvers<undefined>();
    this.#underWay.add(arrival.reject);
    this.#node.publish({ ...message, qos: 1 }, (cause) => {
      if (cause === undefined || cause === null) arrival.resolve(undefined);
      else arrival.reject(new OuraError('broker_away', {}, { cause }));
      this.#end(arrival.reject);
    });
    return arrival.promise;
  }

  /** The connection is gone: what has not arrived may still do so, but nobody will tell. */
  fail(): void {
    for (const reject of this.#underWay) {
      reject(new OuraError('broker_away'));
      this.#end(reject);
    }
  }

  #end(reject: (cause: Error) => void): void {
    if (this.#underWay.delete(reject) && this.isEmpty) this.#onEmpty();
  }
}
