import assert from 'node:assert/strict';
import type { EntityEvent } from '../../lib/home/entity';
import type { EventMessage } from '../../lib/entities/home-events';
import { HomeTeller, type HomeTellerPorts } from '../../lib/entities/home-teller';
import type { Lease } from '../../lib/runtime';
import { messageAccount } from '../../lib/sources/message-account';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud } from '../simulator/server/support/test-cloud';
import { MemoryLogger } from '../store/support/memory-logger';
import { AccountRig } from '../support/account-rig';
import { night } from '../support/days';
import { FakeClock } from '../support/fake-clock';
import { HomeServer } from '../support/home-server';
import { SocketHomeAssistant } from '../support/socket-home-assistant';
import { ChosenValues } from './alerts/chosen-values';
import { sessionInputs } from './session-inputs';

const NOW = '2026-03-15T09:00:00Z';
const HOUR = 3_600_000;
const SECRET = '0.918273';
const readiness = (day: string, score: number): Record<string, unknown> => ({ id: `r-${day}`, day, score, temperature_deviation: 0 });

interface NoteCall {
  readonly service: string;
  readonly service_data: { readonly notification_id: string; readonly title?: string; readonly message?: string };
}

describe('what is told of a person in Home Assistant', () => {
  let cloud: TestCloud;
  let rig: AccountRig;
  let lease: Lease;
  let server: HomeServer;
  let home: SocketHomeAssistant;
  let controls: ChosenValues;
  let logger: MemoryLogger;
  let teller: HomeTeller;
  let end: () => void;
  const fired: EntityEvent[] = [];
  const sent: EventMessage[] = [];

  beforeEach(async () => {
    const today = { endpoint: 'daily_readiness', anchor: '2026-03-15T00:00:00Z', body: readiness('2026-03-15', 80) } as const;
    cloud = await TestCloud.start([new HandPerson([today], { zone: 'UTC' })], NOW);
    rig = new AccountRig(cloud.server);
    server = await HomeServer.start();
    home = new SocketHomeAssistant(server);
    await home.connect();
    controls = new ChosenValues();
    controls.set('notification_level', 'all');
    logger = new MemoryLogger();
    fired.length = 0;
    sent.length = 0;
    lease = rig.acquire({ timezone: 'UTC' });
    await rig.loaded(lease);
    begin();
  });
  afterEach(async () => {
    end();
    await home.disconnect();
    await server.stop();
    await rig.clear();
  });

  const begin = (more: Partial<HomeTellerPorts> = {}): void => {
    const { session } = lease;
    teller = new HomeTeller({
      session,
      homeId: 'home',
      homeAssistant: home,
      transport: { fire: (event) => fired.push(event) },
      controls,
      inputs: () => sessionInputs(session),
      publishes: () => true,
      wording: { text: ({ code }) => `text of ${code}`, remedy: ({ code }) => `remedy of ${code}` },
      texts: (key, params) => [key, ...Object.entries(params).map(([name, value]) => `${name}=${value}`)].join(' '),
      device: 'Oura Ann',
      account: () => messageAccount(session, 'ann'),
      send: (message) => sent.push(message),
      clock: new FakeClock(),
      logger,
      ...more,
    });
    end = teller.start();
  };
  const restart = (more: Partial<HomeTellerPorts> = {}): void => {
    end();
    begin(more);
  };
  const put = async (endpoint: 'daily_readiness' | 'sleep', body: Record<string, unknown>): Promise<void> => {
    cloud.control.put(endpoint, body);
    await lease.session.host?.engine?.fetchNow(
      { kind: 'recent', endpoint, from: '2026-03-13', to: '2026-03-16' },
      new AbortController().signal,
    );
  };
  const notes = (): readonly string[] =>
    server.calls.map((call) => {
      const { service, service_data: data } = call as unknown as NoteCall; // the only calls here
      return `${service} ${data.notification_id}`;
    });
  const topics = (): readonly string[] => sent.map(({ topic, payload }) => `${topic} ${payload.event_type}`);
  const person = (): string => lease.session.host?.personId ?? '';
  const busEvents = (): readonly unknown[] =>
    server.commands.filter(({ type }) => type === 'fire_event').map(({ event_type: type }) => type);

  it('a night is told once, however often Node-RED starts and however many nodes listen', async () => {
    const second: EventMessage[] = [];
    const [endFirst, firstSent] = [end, [...sent]];
    begin({ send: (message) => second.push(message) });
    await put('sleep', night('2026-03-15').body);
    await server.until(() => busEvents().includes('oura_night_arrived'));
    endFirst();
    restart();
    await put('sleep', night('2026-03-15', { efficiency: 3 }).body);
    assert.deepEqual(firstSent, []);
    assert.deepEqual(topics(), ['oura/ann/event/night_arrived arrived']);
    assert.deepEqual(second, []);
    assert.deepEqual(
      fired.map(({ key }) => key),
      ['night_arrived'],
    );
    assert.deepEqual(busEvents(), ['oura_night_arrived']);
  });

  it('an alert is a message, an event and a notification at its start and at its end', async () => {
    await put('daily_readiness', readiness('2026-03-15', 40));
    await server.until(() => notes().length === 1 && busEvents().length === 1);
    assert.deepEqual(topics(), ['oura/ann/alert/readiness started']);
    assert.deepEqual(sent[0]?.payload, {
      event_type: 'started',
      alert: 'readiness',
      important: false,
      day: '2026-03-15',
      metric: 'readiness_score',
      value: 40,
      limit: 60,
      unit: 'points',
    });
    assert.deepEqual(fired[0]?.key, 'alert');
    const [created] = server.calls as unknown as readonly NoteCall[];
    assert.deepEqual(created?.service_data, {
      notification_id: `oura_${person()}_alert_readiness`,
      title: 'Oura Ann: alert.readiness.name',
      message: 'alert.readiness.started metric=readiness_score value=40 limit=60 unit=points',
    });
    restart();
    await put('daily_readiness', readiness('2026-03-15', 85));
    await server.until(() => notes().at(-1)?.startsWith('dismiss') === true);
    assert.deepEqual(topics(), ['oura/ann/alert/readiness started', 'oura/ann/alert/readiness ended']);
    assert.deepEqual(busEvents(), ['oura_alert', 'oura_alert']);
  });

  it('a limit that a person moves is judged at once', async () => {
    controls.set('alert_readiness_score', 90);
    teller.controlsChanged();
    await rig.until('the alert', () => topics().includes('oura/ann/alert/readiness started'));
  });

  it('in quiet hours a notification is held until they are over, and dropped when the alert is over by then', async () => {
    controls.set('quiet_hours_start', 8);
    controls.set('quiet_hours_end', 9.5);
    await put('daily_readiness', { ...readiness('2026-03-15', 40), temperature_deviation: 0.9 });
    await rig.until('both alerts', () => topics().length === 2);
    restart(); // what is held is remembered
    await put('daily_readiness', { ...readiness('2026-03-15', 40), temperature_deviation: 0 });
    await rig.until('the end of one', () => topics().length === 3);
    assert.deepEqual(notes(), []);
    await rig.passing('the morning', 60_000, () => notes().length > 0);
    assert.ok(cloud.server.clock.now() >= Date.parse('2026-03-15T09:30:00Z'));
    assert.deepEqual(notes(), [`create oura_${person()}_alert_readiness`]);
    assert.deepEqual(topics().toSorted(), [
      'oura/ann/alert/readiness started',
      'oura/ann/alert/temperature ended',
      'oura/ann/alert/temperature started',
    ]);
  });

  it('notifications are those of the chosen level; the others are told all the same', async () => {
    controls.set('notification_level', 'important');
    await put('daily_readiness', { ...readiness('2026-03-15', 40), temperature_deviation: 0.9 });
    await rig.until('both alerts', () => topics().length === 2);
    await server.until(() => notes().length === 1);
    await put('daily_readiness', readiness('2026-03-15', 80));
    await server.until(() => notes().length === 2);
    assert.deepEqual(notes(), [`create oura_${person()}_alert_temperature`, `create oura_${person()}_alert_temperature`]);
    assert.match((server.calls as unknown as readonly NoteCall[])[1]?.service_data.message ?? '', /^alert\.temperature\.ended /);
    const kept = (): string => JSON.stringify(lease.session.host?.settings.load('notifications'));
    await rig.until('that it is left to the person', () => kept() === '{}');
  });

  it('what stands is notified of again when Home Assistant has forgotten it', async () => {
    await put('daily_readiness', readiness('2026-03-15', 40));
    await server.until(() => notes().length === 1);
    await home.disconnect();
    await home.connect();
    await server.until(() => notes().length === 2);
    assert.equal(notes()[0], notes()[1]);
  });

  it('what another node of the same Home Assistant has seen end does not come back with the connection', async () => {
    const endFirst = end;
    begin({ send: () => undefined });
    await put('daily_readiness', { ...readiness('2026-03-15', 40), temperature_deviation: 0.9 });
    await server.until(() => notes().length === 4); // each of the two nodes shows both, under the same ids
    await put('daily_readiness', readiness('2026-03-15', 80));
    await server.until(() => notes().length === 6);
    assert.equal(notes()[4], `dismiss oura_${person()}_alert_readiness`);
    await rig.until('that nothing is remembered', () => JSON.stringify(lease.session.host?.settings.load('notifications')) === '{}');
    await home.disconnect();
    await home.connect();
    await home.call({ type: 'ping_of_the_test' }).catch(() => undefined); // a call made at the connection came before
    assert.equal(notes().length, 6);
    endFirst();
  });

  it('no family that may not be published is told of, and an alert of it ends without a value', async () => {
    await put('daily_readiness', readiness('2026-03-15', 40));
    await server.until(() => notes().length === 1);
    restart({ publishes: (endpoint) => endpoint !== 'daily_readiness' && endpoint !== 'sleep' });
    await server.until(() => notes().at(-1) === `dismiss oura_${person()}_alert_readiness`);
    await put('sleep', night('2026-03-15').body);
    assert.deepEqual(topics(), ['oura/ann/alert/readiness started', 'oura/ann/alert/readiness ended']);
    assert.ok(!('value' in (sent[1]?.payload ?? {})));
  });

  it('a lapsed sign-in is one notification that goes by itself, also when it was solved while Node-RED was down', async () => {
    cloud.control.revokeToken('demo-token');
    await rig.passing('the refusal', 60_000, () => lease.session.state.kind === 'sign_in');
    await server.until(() => notes().length > 0);
    const id = 'oura_account_1_not_authorised';
    assert.deepEqual(notes(), [`create ${id}`]);
    const [call] = server.calls as unknown as readonly NoteCall[];
    assert.equal(call?.service_data.message, '**text of not_authorised**\n\nremedy of not_authorised');
    await rig.until('the alert', () => topics().includes('oura/ann/alert/sign_in started'));
    assert.equal(topics().filter((one) => one === 'oura/ann/event/problem begun').length, 1);
    end();
    cloud.control.addToken({ token: 'demo-token', personId: cloud.control.personIds[0] ?? '' });
    lease.session.signedIn();
    await rig.until('the state', () => lease.session.state.kind === 'connected');
    begin();
    await put('daily_readiness', readiness('2026-03-15', 81));
    await server.until(() => notes().includes(`dismiss ${id}`));
    assert.equal(topics().filter((one) => one === 'oura/ann/event/problem solved').length, 1);
    await rig.until('the end', () => topics().includes('oura/ann/alert/sign_in ended'));
  });

  it('keeps no health value in settings and log, and takes notifications away on removal', async () => {
    await put('daily_readiness', { ...readiness('2026-03-15', 40), temperature_deviation: Number(SECRET) });
    await server.until(() => notes().length === 2);
    const kept = ['alerts', 'happenings', 'problems', 'noticed', 'notifications'].map((key) => lease.session.host?.settings.load(key));
    assert.ok(!JSON.stringify(kept).includes(SECRET) && !rig.log.join().includes(SECRET) && !logger.lines.join().includes(SECRET));
    await teller.remove(new AbortController().signal);
    assert.equal(notes().filter((one) => one.startsWith('dismiss')).length, 2);
  });

  it('notifications go when everything of the person is deleted', async () => {
    await put('daily_readiness', readiness('2026-03-15', 40));
    await server.until(() => notes().length === 1);
    await rig.runtime.care.erase('account-1', lease.slug, () => Promise.resolve());
    await server.until(() => notes().at(-1)?.startsWith('dismiss') === true);
  });

  it('works without a connection with Home Assistant: event entities and messages only', async () => {
    restart({ homeAssistant: null });
    await put('daily_readiness', readiness('2026-03-15', 40));
    await rig.until('the alert', () => topics().length === 1);
    assert.deepEqual([fired.length, notes(), busEvents()], [1, [], []]);
  });

  it('a clock that goes on and data that stays change nothing', async () => {
    await put('daily_readiness', readiness('2026-03-15', 40));
    await rig.until('the alert', () => topics().length === 1);
    const midnight = Date.parse('2026-03-16T01:00:00Z');
    await rig.passing('midnight', HOUR / 4, () => cloud.server.clock.now() > midnight);
    assert.deepEqual(topics(), ['oura/ann/alert/readiness started']);
  });
});
