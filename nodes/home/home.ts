import type { NodeAPI, NodeDef } from 'node-red';
import { systemClock } from '../../lib/async/system-clock';
import { homeConfig } from '../../lib/home/home-config';
import { homeTarget } from '../../lib/home/home-target';
import { HomeConnection } from '../../lib/home/websocket/home-connection';
import { brokerOf } from '../support/broker-of';
import { loggerOf } from '../support/logger-of';
import { migrate } from '../support/migrate';
import type { HomeNode } from './home-node';
import { registerHomeRoutes } from './home-routes';
import { homeSources } from './home-sources';

/** `oura-home`: the way into a Home Assistant that other nodes share: a broker, a connection, or both. */
export function registerHome(RED: NodeAPI): void {
  function OuraHomeNode(this: HomeNode & { home: HomeNode['home'] }, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    const config = homeConfig(migrate('oura-home', { ...def }));
    const target = (): ReturnType<typeof homeTarget> => homeTarget(config, homeSources(RED, this.credentials.accessToken ?? ''));
    const options = {
      get url(): string {
        return target()?.url ?? '';
      },
      token: () => target()?.token ?? null,
      get rejectUnauthorized(): boolean {
        return target()?.rejectUnauthorized ?? true;
      },
    };
    const connection = config.via === 'none' ? null : new HomeConnection({ clock: systemClock, logger: loggerOf(this) }, options);
    const broker = brokerOf(RED, config.broker);
    const { entities, discoveryPrefix, language } = config;
    this.home = { id: this.id, entities, discoveryPrefix, language, broker, homeAssistant: connection };
    connection?.start();
    this.on('close', (removed: boolean, done: () => void) => {
      void Promise.all([connection?.close(), broker?.close(removed)]).then(done, done);
    });
  }
  registerHomeRoutes(RED);
  RED.nodes.registerType<HomeNode, NodeDef, object, { accessToken?: string }>('oura-home', OuraHomeNode, {
    credentials: { accessToken: { type: 'password' } },
  });
}
