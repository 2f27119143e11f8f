import assert from 'node:assert/strict';
import { systemClock } from '../../../lib/async/system-clock';
import { HomeConnection } from '../../../lib/home/websocket/home-connection';
import type { HomeTest, HomeValues } from '../../../lib/home/wire';
import { MemoryLogger } from '../../store/support/memory-logger';
import type { Home } from '../support/home';

const EVENT = 'oura_e2e_connection';
/** The first at once, then after pauses of 1, 2 and 4 seconds. */
const TRIES = 4;

/** The connection with Home Assistant: what it is for, and that it comes back by itself. */
export function describeConnection(home: () => Home): void {
  describe('the connection', () => {
    const heard: unknown[] = [];
    let logger: MemoryLogger;
    let connection: HomeConnection;
    let tries = 0;
    let lines = 0;

    before(() => {
      const { homeAssistant } = home();
      lines = homeAssistant.lines.length;
      logger = new MemoryLogger();
      const token = (): string => {
        tries += 1;
        return homeAssistant.token;
      };
      connection = new HomeConnection({ clock: systemClock, logger }, { url: `${homeAssistant.url}/`, token, rejectUnauthorized: true });
      connection.start();
    });
    after(() => connection.close());

    const there = (): Promise<unknown> => home().homeAssistant.until('the connection', () => connection.facts !== null);
    /** Tells an event and waits until it is heard. */
    const roundTrip = async (): Promise<void> => {
      const count = heard.length + 1;
      await connection.call({ type: 'fire_event', event_type: EVENT, event_data: { count } });
      await home().homeAssistant.until('the event', () => heard.length >= count);
      assert.deepEqual((heard.at(-1) as { readonly data: unknown }).data, { count });
    };
    const test = (values: HomeValues): Promise<unknown> => home().nodeRed.admin('POST', '/oura/home/-/test', { values });

    it('knows the version and that the token is an administrator’s, and brings events there and back', async () => {
      await connection.subscribe({ type: 'subscribe_events', event_type: EVENT }, (event) => heard.push(event), 'lasting');
      await there();
      assert.deepEqual(connection.facts, { version: home().homeAssistant.version, isAdmin: true });
      await roundTrip();
    });

    it('tells why a command is refused by codes that are the same in every version', async () => {
      const refused = (reason: string): object => ({ code: 'home_refused', params: { command: 'call_service', reason } });
      const call = { type: 'call_service', domain: 'oura', service: 'nothing' };
      await assert.rejects(connection.call(call), refused('not_found'));
      await assert.rejects(connection.call({ type: 'nodered/version' }), {
        params: { command: 'nodered/version', reason: 'unknown_command' },
      });
    });

    it('is tried from the dialog, which tells what is there and what is missing', async () => {
      const { homeAssistant } = home();
      const values = { via: 'url', url: homeAssistant.url, accessToken: homeAssistant.token, broker: 'broker', entities: 'mqtt' };
      const there = { version: homeAssistant.version, isAdmin: true, mqtt: true, companion: null };
      assert.deepEqual(await test(values), { ...there, problems: [] });
      const { problems } = (await test({ ...values, entities: 'companion' })) as HomeTest; // the route's answer
      const missing = homeAssistant.isSince(2024, 11) ? ['companion_missing'] : ['home_too_old', 'companion_missing'];
      assert.deepEqual(
        problems.map(({ code }) => code),
        missing,
      );
    });

    it('comes back by itself when Home Assistant starts again, with its subscriptions', async () => {
      await home().homeAssistant.restart();
      await there();
      await roundTrip();
    });

    it('comes back after Home Assistant was gone for longer', async () => {
      const { homeAssistant } = home();
      const before = tries;
      await homeAssistant.stop();
      await homeAssistant.until('some tries', () => tries >= before + TRIES);
      assert.match(String(connection.problem), /cannot be reached \(ECONNREFUSED\)/);
      await homeAssistant.startAgain();
      await there();
      await roundTrip();
    });

    it('says once that it was gone and once that it is back, and leaves nothing in the log of Home Assistant', () => {
      const host = new URL(home().homeAssistant.url).host;
      const gone = `warn: Home Assistant at ${host} cannot be reached (CLOSED). It is tried again by itself.`;
      const back = 'info: Home Assistant can be reached again.';
      assert.deepEqual(logger.lines, [gone, back, gone, back]);
      assert.deepEqual(home().homeAssistant.complaints(lines), []);
    });
  });
}
