import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { controlMessage } from '../../lib/entities/control-message';
import type { PersonEntities } from '../../lib/entities/person-entities';
import type { OpenBroker } from '../../lib/entities/way';
import { OuraError } from '../../lib/errors/oura-error';
import type { Runtime } from '../../lib/runtime';
import { attempt } from '../support/attempt';
import { leaseOf, requireLease } from '../support/account-of';
import { entitiesChoice, type EntitiesDef } from '../support/entities-choice';
import { entitiesLight } from '../support/entities-light';
import { brokerOf } from '../support/broker-of';
import { homeOf, requireHome } from '../support/home-of';
import { homeTexts } from '../support/home-texts';
import { isInFlows } from '../support/is-in-flows';
import { onInput } from '../support/on-input';
import { runtimeOf } from '../support/runtime-of';
import { sweepHomes } from '../support/sweep-homes';
import { textOfError } from '../support/texts';

/** `oura-entities`: publishes a person in Home Assistant, takes further entities, tells what people do with controls. */
export function registerEntities(RED: NodeAPI, runtime: Runtime = runtimeOf(RED)): void {
  const sweep = (): void => {
    sweepHomes(RED, runtime);
  };
  function EntitiesNode(this: Node, def: EntitiesDef): void {
    RED.nodes.createNode(this, def);
    const tell = (message: object): void => {
      this.send(message as NodeMessage); // our own part beside topic and payload
    };
    const begun = attempt((): PersonEntities => {
      const lease = requireLease(leaseOf(RED, def.account));
      const home = requireHome(homeOf(RED, def.home));
      const openBroker: OpenBroker = (id) => brokerOf(RED, id);
      const choice = { ...homeTexts(RED, home.language), ...entitiesChoice(def), owner: this.id, further: [], send: tell, openBroker };
      const entities = runtime.publishing.start(lease, home, choice);
      const show = entitiesLight(RED, this, lease.session, entities);
      const ends = [lease.session.events.add(show), entities.news.add(show)];
      entities.controls.add((news) => {
        tell(controlMessage(lease, news));
      });
      show();
      this.on('close', (removed: boolean, done: () => void) => {
        for (const end of ends) end();
        const isHurried = home.broker !== null && !isInFlows(RED, home.broker.id);
        void entities.close({ remove: removed && !isInFlows(RED, this.id), isHurried }).finally(done); // reports its own failures
      });
      return entities;
    });
    onInput(RED, this, ({ payload }) => {
      if (begun instanceof OuraError) throw begun;
      begun.take(payload);
      return null;
    });
    if (begun instanceof OuraError) this.status({ fill: 'red', shape: 'ring', text: textOfError(RED, begun) });
  }
  RED.nodes.registerType('oura-entities', EntitiesNode);
  RED.events.on('flows:started', sweep); // a deploy may have taken nodes away without making one of ours
}
