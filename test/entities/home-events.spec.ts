import assert from 'node:assert/strict';
import { ENDPOINT_KEYS } from '../../lib/catalogue/endpoints';
import { chosenKeys } from '../../lib/entities/chosen-keys';
import { defineEvent } from '../../lib/entities/define';
import { EVENT_KEYS, type EventKey } from '../../lib/entities/event-rows';
import { happeningOf } from '../../lib/entities/happenings/happening-of';
import { HomeEvents, type EventMessage } from '../../lib/entities/home-events';
import type { FamilyUse } from '../../lib/sync/engine-options';
import type { EntityEvent } from '../../lib/home/entity';
import { FakeClock } from '../support/fake-clock';
import { HomeServer } from '../support/home-server';
import { MemoryLogger } from '../store/support/memory-logger';
import { SocketHomeAssistant } from '../support/socket-home-assistant';

const ACCOUNT = { id: 'account-1', person: '0123456789ab', name: 'Ann', slug: 'ann' };
const MINUTE = 60_000;

describe('event entities', () => {
  it('are left out where the families that bring them may not be published', () => {
    const published = (families: Readonly<Record<string, readonly FamilyUse[]>>): readonly EventKey[] =>
      chosenKeys({ groups: [], metrics: [] }, families).events;
    assert.deepEqual(published({}), EVENT_KEYS);
    const unpublished = Object.fromEntries(ENDPOINT_KEYS.map((key) => [key, ['store'] as FamilyUse[]]));
    assert.deepEqual(published(unpublished), ['problem', 'alert']);
    assert.deepEqual(published({ ...unpublished, daily_activity: ['store', 'publish'] }), ['ring_synced', 'problem', 'alert']);
  });

  it('are events with types', () => {
    for (const key of EVENT_KEYS) {
      const { component, eventTypes, name } = defineEvent(key, (kind, row) => `${kind} ${row}`);
      assert.deepEqual([component, name], ['event', `event ${key}`]);
      assert.ok(eventTypes !== null && eventTypes.length > 0);
    }
  });
});

describe('a happening', () => {
  let server: HomeServer;
  let home: SocketHomeAssistant;
  let clock: FakeClock;
  let logger: MemoryLogger;
  let fired: EntityEvent[];
  let sent: EventMessage[];
  let events: HomeEvents;
  let end: () => void;

  beforeEach(async () => {
    server = await HomeServer.start();
    home = new SocketHomeAssistant(server);
    clock = new FakeClock();
    logger = new MemoryLogger();
    [fired, sent] = [[], []];
    events = new HomeEvents({
      transport: { fire: (event) => fired.push(event) },
      homeAssistant: home,
      clock,
      logger,
      account: () => ACCOUNT,
      send: (message) => sent.push(message),
    });
    end = events.start();
  });
  afterEach(async () => {
    end();
    await home.disconnect();
    await server.stop();
  });

  const arrive = (day: string, ageMs = 0): void => {
    const told = { key: 'night_arrived', eventType: 'arrived', attributes: { id: `s-${day}`, day }, at: clock.now() - ageMs } as const;
    events.tell(happeningOf(told, clock.now()));
  };
  const onBus = (): readonly unknown[] =>
    server.commands.filter(({ type }) => type === 'fire_event').map(({ event_data: data }) => (data as { day: string }).day);

  it('is an event entity, an event on the bus and a message', async () => {
    await home.connect();
    arrive('2026-03-01');
    await server.until(() => onBus().length === 1);
    const [command] = server.commands.filter(({ type }) => type === 'fire_event');
    const seenAt = new Date(clock.now()).toISOString();
    assert.equal(command?.['event_type'], 'oura_night_arrived');
    assert.deepEqual(command['event_data'], {
      id: 's-2026-03-01',
      day: '2026-03-01',
      event_type: 'arrived',
      seen_at: seenAt,
      account: 'account-1',
      person: '0123456789ab',
      slug: 'ann',
      name: 'Ann',
    });
    assert.deepEqual(fired, [{ key: 'night_arrived', eventType: 'arrived', attributes: { id: 's-2026-03-01', day: '2026-03-01' } }]);
    assert.deepEqual(sent, [
      {
        topic: 'oura/ann/event/night_arrived',
        payload: { event_type: 'arrived', id: 's-2026-03-01', day: '2026-03-01' },
        oura: { account: ACCOUNT, event: 'night_arrived', seenAt },
      },
    ]);
  });

  it('reaches the bus when Home Assistant is back within minutes, in order, and not later', async () => {
    arrive('2026-02-27');
    await clock.advance(4 * MINUTE);
    arrive('2026-02-28');
    arrive('2026-03-01');
    await clock.advance(2 * MINUTE);
    await home.connect();
    await server.until(() => onBus().length === 2);
    assert.deepEqual(onBus(), ['2026-02-28', '2026-03-01']);
    assert.equal(events.lost, 1);
    assert.equal(sent.length, 3);
  });

  it('that was learned of long ago is no event entity, but an event on the bus and a message', async () => {
    await home.connect();
    arrive('2026-02-28', 6 * MINUTE);
    await server.until(() => onBus().length === 1);
    assert.deepEqual([fired.length, sent.length], [0, 1]);
  });

  it('is logged once when it is refused, without what it says, and once when events go through again', async () => {
    await home.connect();
    server.isAdmin = false; // the token's user was changed meanwhile
    arrive('2026-02-27');
    arrive('2026-02-28');
    await server.until(() => onBus().length === 2);
    server.isAdmin = true;
    arrive('2026-03-01');
    await server.until(() => onBus().length === 3);
    await home.call({ type: 'ping_of_the_test' }).catch(() => undefined); // its answer comes after that of the event
    assert.equal(events.lost, 2);
    assert.deepEqual(logger.lines, [
      'warn: Events do not reach Home Assistant: Home Assistant refused fire_event (unauthorized).',
      'info: Events reach Home Assistant again.',
    ]);
  });

  it('needs an administrator, and says so once', async () => {
    server.isAdmin = false;
    await home.connect();
    arrive('2026-02-27');
    arrive('2026-02-28');
    assert.deepEqual(onBus(), []);
    assert.deepEqual(logger.lines.length, 1);
    assert.match(logger.lines[0] ?? '', /administrator/);
  });

  it('is not sent after the node has stopped', async () => {
    arrive('2026-02-27');
    end();
    await home.connect();
    arrive('2026-02-28');
    await home.call({ type: 'ping_of_the_test' }).catch(() => undefined); // a command sent before would have arrived before
    assert.deepEqual(onBus(), []);
  });
});
