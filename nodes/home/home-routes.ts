import type { NodeAPI } from 'node-red';
import * as z from 'zod';
import { STORED } from '../../lib/accounts/read-values';
import { resolveVariable } from '../../lib/accounts/resolve-variable';
import { systemClock } from '../../lib/async/system-clock';
import { homeConfig } from '../../lib/home/home-config';
import { homeTarget } from '../../lib/home/home-target';
import { tryHome } from '../../lib/home/websocket/try-home';
import type { HomeFound, HomeTest } from '../../lib/home/wire';
import { adminRoute, type AdminCall } from '../support/admin-route';
import { environmentOf } from '../support/environment-of';
import { homeSources } from './home-sources';
import { keptHome } from './kept-home';
import { keptToken } from './kept-token';

const text = z.exactOptional(z.string().max(4000));
const test = z.strictObject({
  values: z.strictObject({ via: text, server: text, url: text, accessToken: text, broker: text, entities: text }),
});
/** Values may refer to the environment and to stored secrets, which whoever may deploy can read anyway, and nobody else. */
const DEPLOYERS = ['flows.write'];

/** What the dialog of an `oura-home` node asks for. */
export function registerHomeRoutes(RED: NodeAPI): void {
  adminRoute(RED, 'get', 'found', (): HomeFound => ({ supervisor: (process.env['SUPERVISOR_TOKEN'] ?? '') !== '' }), [], 'home');
  adminRoute(RED, 'post', 'test', (call) => testHome(RED, call), DEPLOYERS, 'home');
}

/** Nothing is refused: what is wrong with the values is part of the answer, as is what is wrong with Home Assistant. */
function testHome(RED: NodeAPI, { id, body, signal }: AdminCall): Promise<HomeTest> {
  const { values } = test.parse(body);
  const environment = environmentOf(RED, RED.nodes.getNode(id));
  const meant = (typed: string): string => (typed === STORED ? typed : resolveVariable(typed, environment).text);
  const config = homeConfig(values);
  const target = (): ReturnType<typeof homeTarget> => {
    const url = meant(config.url);
    const accessToken = config.via === 'url' ? keptToken(meant(values.accessToken ?? ''), url, keptHome(RED, id)) : '';
    return homeTarget({ ...config, url }, homeSources(RED, accessToken));
  };
  return tryHome(target, config, { clock: systemClock, logger: RED.log }, signal);
}
