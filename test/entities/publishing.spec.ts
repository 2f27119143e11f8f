import assert from 'node:assert/strict';
import { nextTurn } from '../../lib/async/next-turn';
import { OuraError } from '../../lib/errors/oura-error';
import type { HomeLink } from '../../lib/home/home-link';
import { Ledger } from '../../lib/home/ledger';
import type { Broker } from '../../lib/ports/broker';
import type { Lease } from '../../lib/runtime';
import { HandPerson } from '../simulator/server/support/hand-person';
import { ClientBroker } from '../support/client-broker';
import { dailySleep, night } from '../support/days';
import { MemoryBroker } from '../support/memory-broker';
import { EntitiesRig } from './entities-rig';

const NOW = '2026-03-15T12:00:00Z';
const everything = { wishes: { groups: [], metrics: [] }, further: [], documents: true, detail: false };
const words = {
  names: (kind: string, key: string) => `${kind} ${key}`,
  texts: (key: string) => key,
  wording: { text: () => 'text', remedy: () => 'remedy' },
  send: () => undefined,
};
/** A broker whose node is gone: nobody will ever be connected with it again. */
const gone: Broker = {
  id: 'broker',
  isConnected: false,
  publish: () => Promise.reject(new OuraError('broker_away')),
  subscribe: () => () => undefined,
  onConnected: () => () => undefined,
};

describe('publishing', () => {
  let rig: EntitiesRig;
  let broker: MemoryBroker;
  let client: ClientBroker;
  let home: HomeLink;

  beforeEach(async () => {
    broker = await MemoryBroker.start();
    client = new ClientBroker(broker.url);
    await client.until(true);
    home = { id: 'home', entities: 'mqtt', discoveryPrefix: 'homeassistant', language: '', broker: client, homeAssistant: null };
    rig = await EntitiesRig.of(NOW, new HandPerson([dailySleep('2026-03-15', 72), night('2026-03-15')], { zone: 'UTC' }));
  });
  afterEach(async () => {
    await rig.clear();
    await client.close();
    await broker.close();
  });

  const publish = async (): Promise<{ readonly lease: Lease; readonly close: (remove: boolean) => Promise<void> }> => {
    const lease = rig.acquire({ timezone: 'UTC' });
    const entities = rig.runtime.publishing.start(lease, home, { ...everything, ...words, owner: 'node' });
    await keeps(isWhole); // before time passes any faster: a real broker takes its own
    await rig.loaded(lease);
    return { lease, close: (remove) => entities.close({ remove }) };
  };
  const isWhole = (kept: readonly string[]): boolean =>
    kept.includes('oura/ann/document/sleep') && kept.includes('oura/ann/state/sleep_score');
  const isEmpty = (kept: readonly string[]): boolean => kept.length === 0;
  /** Waits until the broker keeps what it shall; time passes only while nothing else happens. */
  const keeps = async (isSo: (kept: readonly string[]) => boolean, at = broker): Promise<void> => {
    let [before, idle] = [-1, 0];
    for (let step = 0; step < 200;) {
      const kept = [...(await at.retained()).keys()];
      if (isSo(kept)) return;
      await nextTurn(); // what the broker keeps is told without any I/O
      idle = kept.length === before ? idle + 1 : 0;
      before = kept.length;
      if (idle < 20) continue;
      idle = 0;
      step += 1;
      rig.server.control.advance(1000);
    }
    assert.fail(`kept: ${String(before)} topics`);
  };

  it('clears what a removed node has left once a later deploy reaches the broker, which was away at the one before', async () => {
    const { close } = await publish();
    await close(false);
    void rig.runtime.publishing.sweep([{ ...home, broker: gone }], () => true); // never throws
    await rig.passing('the first attempt', 1000, () => true);
    void rig.runtime.publishing.sweep([home], () => true); // never throws
    await keeps(isEmpty);
  });

  it('leaves nothing, documents neither, at a broker that its Home Assistant has no more', async () => {
    const { lease, close } = await publish();
    await close(false);
    const other = await MemoryBroker.start();
    const there = new ClientBroker(other.url, { id: 'other' });
    const opened: string[] = [];
    const openBroker = (id: string): ClientBroker => {
      opened.push(id);
      return new ClientBroker(broker.url, { id }); // not connected yet
    };
    try {
      await there.until(true);
      const entities = rig.runtime.publishing.start(
        lease,
        { ...home, broker: there },
        { ...everything, ...words, owner: 'node', openBroker },
      );
      await keeps(isEmpty);
      await keeps(isWhole, other);
      assert.deepEqual(opened, ['broker']);
      await entities.close({ remove: false });
      const [{ settings } = assert.fail()] = rig.runtime.folder.all();
      assert.deepEqual(new Set(new Ledger(settings).madeBy('node').map(({ place }) => place)), new Set(['other']));
    } finally {
      await there.close();
      await other.close();
    }
  });

  it('takes everything away, though its node stays, when the data of a removed account is deleted', async () => {
    const { lease, close } = await publish();
    await close(false);
    void rig.runtime.publishing.sweep([home], () => false); // never throws
    lease.release();
    rig.runtime.folder.all().forEach(({ settings }) => {
      settings.save('onRemove', 'delete');
    });
    void rig.runtime.watchRemovals(); // ends with the runtime
    await rig.passing('the deletion', 3_600_000, () => rig.runtime.folder.personIds().length === 0);
    await keeps(isEmpty);
    assert.deepEqual(rig.runtime.folder.personIds(), []);
  });

  it('takes everything away when everything of the person is deleted', async () => {
    const { lease, close } = await publish();
    await rig.runtime.care.erase('account-1', lease.slug, () => Promise.resolve());
    await keeps(isEmpty);
    assert.deepEqual(rig.runtime.folder.personIds(), []);
    await close(false);
  });
});
