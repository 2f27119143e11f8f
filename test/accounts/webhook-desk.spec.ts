import assert from 'node:assert/strict';
import { nextTurn } from '../../lib/async/next-turn';
import type { WebhookEvent } from '../../lib/ports/event-queue';
import type { Lease } from '../../lib/runtime';
import { verificationTokenOf } from '../../lib/sync/webhooks/verification-token';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud } from '../simulator/server/support/test-cloud';
import { dailySleep } from '../support/days';
import { json, startServer } from '../support/http-server';
import { APPLICATION, KEY, only, signed, told, WebhookRig, type Post } from '../support/webhook-rig';

const NOW = '2026-03-15T09:00:00Z';
const SUBSCRIPTION = '/v2/webhook/subscription';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CLIENT = { 'x-client-id': APPLICATION.clientId, 'x-client-secret': APPLICATION.clientSecret, 'content-type': 'application/json' };

const LIST = `GET ${SUBSCRIPTION}`;

describe('webhooks of accounts', () => {
  let cloud: TestCloud;
  let hooks: WebhookRig;

  beforeEach(async () => {
    const persons = ['person-1', 'person-2'].map((id) => new HandPerson([dailySleep('2026-03-14', 72)], { zone: 'UTC', id }));
    const tokens = { 'demo-token': { person: 0 }, 'other-token': { person: 1 }, 'third-token': { person: 0 } };
    cloud = await TestCloud.start(persons, NOW, { tokens });
    hooks = await WebhookRig.start(cloud, (app) => {
      app.use((request, _response, next) => {
        request.url = request.url.replace(/^\/proxy/, '');
        next();
      });
    });
  });
  afterEach(() => hooks.clear());

  const status = (id = 'account-1') => hooks.rig.runtime.webhooks.statusOf(id);
  const asked = (method?: string): readonly string[] =>
    cloud.control
      .requests()
      .filter((request) => request.path.startsWith(SUBSCRIPTION) && (method === undefined || request.method === method))
      .map((request) => `${request.method} ${request.path.replace(/[0-9a-f-]{36}/, 'id')}`);
  const kinds = (): readonly string[] =>
    cloud.control
      .subscriptions()
      .map(({ eventType, dataType }) => `${eventType} ${dataType}`)
      .toSorted();
  const ids = (): readonly string[] =>
    cloud.control
      .subscriptions()
      .map(({ id }) => id)
      .toSorted();
  const addresses = (): readonly string[] => [...new Set(cloud.control.subscriptions().map(({ callbackUrl }) => callbackUrl))];
  const queue = (lease: Lease): readonly (readonly unknown[])[] =>
    (lease.session.host?.keeper.current.events.list() ?? []).map(({ endpoint, kind, id }) => [endpoint, kind, id]);
  const gone = (): Promise<unknown> => hooks.rig.passing('no subscriptions', 1000, () => cloud.control.subscriptions().length === 0);
  const quiet = async (ms = 30_000): Promise<void> => {
    const end = cloud.control.now + ms;
    await hooks.rig.passing('some time', Math.max(1000, ms / 100), () => cloud.control.now >= end);
  };
  const aloud = (pattern: RegExp): readonly string[] => hooks.rig.log.filter((line) => !line.startsWith('debug') && pattern.test(line));
  const post = (more: object = {}, userId = 'person-1'): Post => signed(told(userId, more), cloud.control.now);
  const SIX = ['create', 'delete', 'update'].flatMap((kind) => ['daily_sleep', 'workout'].map((type) => `${kind} ${type}`));

  it('subscribe to create, update and delete of every family that is fetched, once', async () => {
    const lease = hooks.account();
    await hooks.subscribed(lease);
    assert.deepEqual(kinds(), SIX);
    assert.deepEqual(addresses(), [hooks.callbackUrl]);
    const { state, callbackUrl, problem, subscriptions } = status();
    assert.deepEqual([state, callbackUrl, problem, subscriptions.wanted, subscriptions.active], ['active', hooks.callbackUrl, null, 6, 6]);
    assert.equal(subscriptions.nextExpiryAt, Math.min(...cloud.control.subscriptions().map(({ expiresAt }) => expiresAt)));
    assert.deepEqual([...(lease.session.host?.covered ?? [])].toSorted(), ['daily_sleep', 'workout']);
    assert.deepEqual(asked(), [`GET ${SUBSCRIPTION}`, ...SIX.map(() => `POST ${SUBSCRIPTION}`)]);
  });

  it('are off, and ask Oura nothing, without an address, without an application, and for made-up persons', async () => {
    hooks.account({ id: 'a', webhookUrl: '' });
    hooks.account({ id: 'b' }, { clientId: '', clientSecret: '' });
    hooks.account({ id: 'c', mode: 'sandbox' });
    await quiet();
    for (const id of ['a', 'b', 'c', 'nobody']) assert.equal(status(id).state, 'off');
    assert.deepEqual(asked(), []);
  });

  it('answer a challenge with the right word only, at the address of an application only', async () => {
    hooks.account();
    const challenge = async (path: string): Promise<readonly unknown[]> => {
      const answer = await fetch(`${hooks.origin}/oura/webhook/${path}`);
      const body: unknown = await answer.json();
      return [answer.status, body];
    };
    const word = verificationTokenOf(APPLICATION.clientId, APPLICATION.clientSecret);
    assert.deepEqual(await challenge(`${KEY}?verification_token=${word}&challenge=a%2Bb`), [200, { challenge: 'a+b' }]);
    assert.equal((await challenge(`${KEY}?verification_token=${word}`))[0], 400);
    for (const wrong of [`${word}0`, word.slice(1), '', 'x'.repeat(9000)])
      assert.equal((await challenge(`${KEY}?verification_token=${wrong}&challenge=a`))[0], 401);
    assert.equal((await challenge(`${KEY}?challenge=a`))[0], 401);
    assert.equal((await challenge(`0123456789abcdef?verification_token=${word}&challenge=a`))[0], 404);
  });

  it('bring created, changed and deleted documents to whom they belong, with one set for two accounts', async () => {
    const ann = hooks.account();
    const ben = hooks.account({ id: 'account-2', name: 'Ben' }, { accessToken: 'other-token' });
    await hooks.subscribed(ann);
    await hooks.subscribed(ben);
    assert.deepEqual(kinds(), SIX);
    cloud.control.put('daily_sleep', { id: 'ds-2026-03-14', day: '2026-03-14', score: 1 }, 'person-1');
    cloud.control.put('workout', { id: 'w', day: '2026-03-14', start_datetime: '2026-03-14T10:00:00Z' }, 'person-2');
    cloud.control.remove('daily_sleep', 'ds-2026-03-14', 'person-2');
    const deliveries = await cloud.control.deliver(cloud.control.advance(30_000));
    assert.deepEqual(
      deliveries.map((delivery) => delivery.status),
      [200, 200, 200],
    );
    assert.deepEqual(queue(ann), [['daily_sleep', 'update', 'ds-2026-03-14']]);
    await hooks.rig.until('the deletion', () => queue(ben).length === 1);
    assert.deepEqual(queue(ben), [['workout', 'create', 'w']]);
    const heard = (): readonly WebhookEvent[] => hooks.rig.events.flatMap((event) => (event.type === 'heard' ? [event.event] : []));
    await hooks.rig.until('all to be told', () => heard().length === 3);
    const { lastEventAt, lastByType, accepted, waiting } = status('account-2');
    assert.deepEqual(lastByType, { workout: { create: lastEventAt }, daily_sleep: { delete: lastEventAt } });
    assert.deepEqual([lastEventAt, accepted, waiting], [cloud.control.now, 3, 1]);
    assert.equal(status().waiting, 1);
  });

  it('bring an event once to two accounts of one person', async () => {
    const ann = hooks.account();
    const again = hooks.account({ id: 'account-2', name: 'Ann again' }, { accessToken: 'third-token' });
    await hooks.subscribed(ann);
    await hooks.subscribed(again);
    assert.equal(await hooks.post(post()), 200);
    assert.equal(await hooks.post(signed(`${told('person-1')} `, cloud.control.now)), 200, 'the same event waits already');
    assert.equal(ann.session.host, again.session.host);
    assert.deepEqual(queue(ann), [['daily_sleep', 'create', 'd-1']]);
    const before = asked().length;
    await hooks.remove(again);
    await quiet();
    assert.deepEqual([asked().length, kinds()], [before, SIX]);
    assert.equal(await hooks.post(post({ object_id: 'd-2' })), 200);
    assert.equal(queue(ann).length, 2);
  });

  it('cover of each person what that person fetches', async () => {
    const ann = hooks.account();
    const ben = hooks.account({ id: 'account-2', families: only('daily_sleep', 'tag') }, { accessToken: 'other-token' });
    await hooks.rig.passing('nine subscriptions', 1000, () => status().subscriptions.active === 9);
    const covered = (lease: Lease): readonly string[] => [...(lease.session.host?.covered ?? [])].toSorted();
    assert.deepEqual(
      [covered(ann), covered(ben)],
      [
        ['daily_sleep', 'workout'],
        ['daily_sleep', 'tag'],
      ],
    );
    assert.equal(await hooks.post(post({ data_type: 'tag' })), 200);
    assert.deepEqual(queue(ann), []);
  });

  it('are taken for a person nobody here has, but put off while an account may turn out to be theirs', async () => {
    cloud.control.fail({ match: { path: '/v2/usercollection/personal_info' }, status: 500 });
    const ann = hooks.account();
    const early = post();
    assert.equal(await hooks.post(early), 503);
    cloud.control.clearFaults();
    await hooks.subscribed(ann);
    assert.equal(await hooks.post(early), 200, 'the same post is no replay: it was not taken before');
    assert.equal(await hooks.post(post({}, 'stranger')), 200);
    assert.deepEqual([queue(ann).length, status().accepted, status().refused.unknown_person], [1, 1, 1]);
  });

  it('take what they have no use for, and drop it', async () => {
    const ann = hooks.account();
    await hooks.subscribed(ann);
    for (const data_type of ['meal', 'something_new', 'sleep']) assert.equal(await hooks.post(post({ data_type })), 200);
    assert.deepEqual(queue(ann), []);
    assert.deepEqual(
      Object.values(status().refused).filter((count) => count > 0),
      [],
    );
  });

  it('take a body that other middleware has read already', async () => {
    await hooks.clear();
    cloud = await TestCloud.start([new HandPerson([dailySleep('2026-03-14', 72)], { zone: 'UTC' })], NOW);
    const express = await import('express');
    hooks = await WebhookRig.start(cloud, (app) => app.use(express.json()));
    const ann = hooks.account();
    await hooks.subscribed(ann);
    assert.equal(await hooks.post(post()), 200);
    assert.equal(await hooks.post({ ...post({ object_id: 'd-2' }), body: told('person-1', { object_id: 'd-3' }) }), 401);
    assert.deepEqual(queue(ann), [['daily_sleep', 'create', 'd-1']]);
  });

  it('refuse each kind of bad post with its status, and count it', async () => {
    const ann = hooks.account();
    await hooks.subscribed(ann);
    const { now } = cloud.control;
    const good = post();
    assert.equal(await hooks.post(good), 200);
    assert.equal(await hooks.post(good), 409);
    assert.equal(await hooks.post({ ...good, headers: {} }), 401);
    assert.equal(await hooks.post(signed(told('person-1'), now, 'guess')), 401);
    assert.equal(await hooks.post(signed(told('person-1'), now - 301_000)), 401);
    assert.equal(await hooks.post(signed(told('person-1'), now + 302_000)), 401);
    assert.equal(await hooks.post(signed('{"event_type"', now)), 400);
    assert.equal(await hooks.post(signed('', now)), 400);
    assert.equal(await hooks.post(signed(told('person-1', { note: 'x'.repeat(65_536) }), now)), 413);
    assert.equal(await hooks.post(signed('x'.repeat(3_000_000), now)), 413);
    assert.equal(await hooks.post(good, 'ffffffffffffffff'), 404);
    const counts = { signature: 2, stale: 2, replayed: 1, malformed: 2, oversized: 2, unknown_person: 0, unknown_application: 1 };
    assert.deepEqual([status().accepted, status().refused], [1, counts]);
    assert.equal(queue(ann).length, 1);
  });

  it('keep one set over redeploys, and ask Oura nothing more for them', async () => {
    let lease = hooks.account();
    await hooks.subscribed(lease);
    const [before, requests] = [ids(), asked().length];
    for (const interval of [20, 25, 30]) {
      const next = hooks.account({ interval });
      lease.release();
      lease = next;
      await hooks.rig.engine(lease);
      assert.deepEqual([...(lease.session.host?.covered ?? [])].toSorted(), ['daily_sleep', 'workout']);
      await quiet();
    }
    assert.deepEqual([ids(), asked().length], [before, requests]);
  });

  it('keep their set over a restart, for one question', async () => {
    await hooks.subscribed(hooks.account());
    assert.equal(await hooks.post(post()), 200);
    const at = cloud.control.now;
    const [before, requests] = [ids(), asked().length];
    await hooks.restart();
    const lease = hooks.account();
    await hooks.subscribed(lease);
    assert.deepEqual([ids(), asked().slice(requests)], [before, [`GET ${SUBSCRIPTION}`]]);
    assert.deepEqual(queue(lease), [['daily_sleep', 'create', 'd-1']]);
    assert.deepEqual([status().lastEventAt, status().lastByType], [at, { daily_sleep: { create: at } }]);
  });

  it('move to another address in place', async () => {
    const lease = hooks.account();
    await hooks.subscribed(lease);
    const before = ids();
    const moved = hooks.account({ webhookUrl: `${hooks.origin}/proxy` });
    lease.release();
    const there = `${hooks.origin}/proxy/oura/webhook/${KEY}`;
    await hooks.rig.passing('the new address', 1000, () => addresses().join() === there);
    await hooks.subscribed(moved);
    assert.deepEqual([ids(), status().callbackUrl], [before, there]);
    assert.deepEqual([asked('DELETE'), asked('POST').length, asked('PUT').length], [[], 6, 6]);
    assert.deepEqual(aloud(/another address/), [], 'it was our own');
  });

  it('follow the families that are fetched', async () => {
    const lease = hooks.account();
    await hooks.subscribed(lease);
    const fewer = hooks.account({ families: only('daily_sleep') });
    lease.release();
    await hooks.rig.passing('fewer', 1000, () => cloud.control.subscriptions().length === 3);
    const more = hooks.account({ families: only('daily_sleep', 'vo2_max') });
    fewer.release();
    await hooks.rig.passing('more', 1000, () => cloud.control.subscriptions().length === 6);
    await hooks.subscribed(more);
    assert.ok(kinds().includes('delete vo2_max'));
  });

  it('are renewed a month before they end', async () => {
    const lease = hooks.account();
    await hooks.subscribed(lease);
    const [before, end] = [ids(), status().subscriptions.nextExpiryAt ?? 0];
    await hooks.rig.passing('the renewal', 6 * HOUR, () => (status().subscriptions.nextExpiryAt ?? 0) > end);
    const left = end - cloud.control.now;
    assert.ok(left > 28 * DAY && left <= 30 * DAY, `${left / DAY} days`);
    assert.deepEqual(ids(), before);
    assert.equal(asked().filter((one) => one === `PUT ${SUBSCRIPTION}/renew/id`).length, 6);
  });

  it('that have ended while Node-RED was off are renewed, and cover nothing until then', async () => {
    await hooks.subscribed(hooks.account());
    const before = ids();
    await hooks.rig.stop();
    cloud.control.advance(100 * DAY);
    cloud.control.fail({ match: { path: `${SUBSCRIPTION}/renew*` }, status: 503 });
    await hooks.restart();
    const lease = hooks.account();
    await hooks.rig.passing('the failure', 1000, () => status().problem?.code === 'server_failed');
    assert.deepEqual([status().state, status().subscriptions.active, lease.session.host?.covered.size], ['subscribing', 0, 0]);
    cloud.control.clearFaults();
    await hooks.subscribed(lease);
    assert.deepEqual([ids(), status().problem, lease.session.host?.covered.size], [before, null, 2]);
  });

  it('that Oura has lost are made again when they are looked at', async () => {
    const lease = hooks.account();
    await hooks.subscribed(lease);
    const [first = ''] = ids();
    await cloud.send('DELETE', `${SUBSCRIPTION}/${first}`, CLIENT);
    await hooks.rig.passing('a daily look', HOUR, () => cloud.control.subscriptions().length === 6);
    assert.deepEqual(kinds(), SIX);
  });

  it('are taken away with the last account, not with the first', async () => {
    const ann = hooks.account();
    const ben = hooks.account({ id: 'account-2', name: 'Ben' }, { accessToken: 'other-token' });
    await hooks.subscribed(ann);
    await hooks.subscribed(ben);
    await hooks.remove(ann);
    await quiet();
    assert.deepEqual(kinds(), SIX);
    await hooks.remove(ben);
    await gone();
    assert.equal(await hooks.post(post()), 404);
  });

  it('stay while an account is merely disabled', async () => {
    const ann = hooks.account();
    await hooks.subscribed(ann);
    ann.release(); // it stays in the flows
    await quiet();
    assert.deepEqual(kinds(), SIX);
    assert.equal(status().state, 'active');
    await hooks.subscribed(hooks.account());
    assert.equal(asked('POST').length, 6);
  });

  it('are taken away when the address is emptied, also while Node-RED was off', async () => {
    await hooks.subscribed(hooks.account());
    await hooks.restart();
    const lease = hooks.account({ webhookUrl: '' });
    await gone();
    assert.deepEqual([status().state, lease.session.host?.covered.size], ['off', 0]);
    const requests = asked().length;
    await quiet(2 * DAY);
    await hooks.restart();
    hooks.account({ webhookUrl: '' });
    await quiet();
    assert.equal(asked().length, requests, 'nothing is left to look after');
  });

  it('end when everything of the person was deleted, and begin again with the account', async () => {
    const lease = hooks.account();
    await hooks.subscribed(lease);
    await hooks.rig.runtime.erase('account-1', lease.slug);
    await gone();
    assert.equal(status().state, 'off');
    assert.equal(await hooks.post(post()), 200, 'Oura need not try again');
    hooks.rig.runtime.wake('account-1');
    await hooks.subscribed(lease);
    assert.deepEqual(kinds(), SIX);
  });

  it('obey the switch of the person', async () => {
    const lease = hooks.account();
    await hooks.subscribed(lease);
    const { host } = lease.session;
    assert.ok(host !== null);
    const { controls } = hooks.rig.runtime.publishing.persons.of(host.settings);
    controls.set('webhooks', false, 0);
    assert.equal(await hooks.post(post()), 200);
    assert.deepEqual([status().state, host.covered.size, queue(lease)], ['off', 0, []]);
    await gone();
    controls.set('webhooks', true, 0);
    await hooks.subscribed(lease);
    assert.deepEqual(kinds(), SIX);
  });

  it('take over what another installation of the application has, say so once, and leave the rest alone', async () => {
    const other = await startServer(({ query }) => json({ challenge: query['challenge'] }));
    try {
      for (const [event_type, data_type] of [
        ['create', 'daily_sleep'],
        ['update', 'daily_sleep'],
        ['create', 'meal'],
        ['create', 'sleep'],
      ]) {
        const body = { callback_url: `${other.url}/hook`, verification_token: 'theirs', event_type, data_type };
        assert.equal((await cloud.send('POST', SUBSCRIPTION, CLIENT, JSON.stringify(body))).status, 201);
      }
      const lease = hooks.account();
      await hooks.subscribed(lease);
      const theirs = cloud.control.subscriptions().filter(({ callbackUrl }) => callbackUrl !== hooks.callbackUrl);
      assert.deepEqual(
        theirs.map(({ dataType }) => dataType),
        ['meal', 'sleep'],
      );
      assert.equal(aloud(/another address/).length, 1);
      await hooks.remove(lease);
      await hooks.rig.passing('ours to go', 1000, () => cloud.control.subscriptions().length === 2);
    } finally {
      await other.close();
    }
  });

  it('that appear between the list and the order for one are taken over', async () => {
    await hooks.subscribed(hooks.account());
    const [before, requests] = [ids(), asked().length];
    await hooks.restart();
    cloud.control.fail({ match: { path: SUBSCRIPTION, method: 'GET' }, body: [], times: 1 });
    const lease = hooks.account();
    await hooks.subscribed(lease);
    assert.deepEqual(
      [ids(), asked().slice(requests)],
      [before, [LIST, ...SIX.flatMap(() => [`POST ${SUBSCRIPTION}`, LIST, `PUT ${SUBSCRIPTION}/id`])]],
    );
  });

  it('say that Oura refuses the application, once, and work as soon as it does not', async () => {
    const lease = hooks.account({}, { clientSecret: 'mistyped' });
    await hooks.rig.passing('the refusal', 1000, () => status().state === 'refused');
    assert.equal(status().problem?.code, 'webhook_refused');
    await quiet(5 * 60_000);
    assert.equal(aloud(/does not let this application/).length, 1);
    const right = hooks.account();
    lease.release();
    await hooks.subscribed(right);
    assert.equal(status().problem, null);
  });

  it('say that Oura gets no answer at the address, once, ask little meanwhile, and work as soon as it does', async () => {
    const closed = await startServer(() => 'reset');
    const first = hooks.account({ webhookUrl: closed.url });
    await hooks.rig.passing('the refusal', 1000, () => status().state === 'refused');
    assert.equal(status().problem?.code, 'webhook_unanswered');
    assert.equal(asked('POST').length, 1);
    await hooks.rig.passing('a day', HOUR / 4, () => cloud.control.now > Date.parse(NOW) + DAY);
    assert.equal(aloud(/did not get the right answer/).length, 1);
    assert.ok(asked('POST').length < 15, `${asked('POST').length} tries`);
    await closed.close();
    const right = hooks.account();
    first.release();
    await hooks.subscribed(right);
  });

  it('say that an address is none, and that there are no HTTP nodes', async () => {
    hooks.account({ webhookUrl: 'my house' });
    await hooks.rig.until('the problem', () => status().problem?.code === 'webhook_address_invalid');
    assert.deepEqual([status().state, status().callbackUrl, asked()], ['refused', null, []]);
    assert.equal(aloud(/not an http or https address/).length, 1);
  });

  it('go on with the other families when Oura does not know one', async () => {
    cloud.control.fail({ match: { path: SUBSCRIPTION, method: 'POST' }, status: 422, times: 1 });
    const lease = hooks.account();
    await hooks.subscribed(lease);
    assert.deepEqual([status().subscriptions.wanted, status().subscriptions.active, status().problem], [5, 5, null]);
    assert.equal(lease.session.host?.covered.size, 1);
  });

  it('are tried again when Oura is away, and limits of Oura are kept', async () => {
    cloud.control.fail({ match: { path: `${SUBSCRIPTION}*` }, status: 503, times: 6 });
    cloud.control.fail({ match: { path: `${SUBSCRIPTION}*` }, status: 429, headers: { 'retry-after': '600' }, times: 1 });
    const from = cloud.control.now;
    hooks.account();
    await hooks.rig.passing('subscriptions', 10_000, () => status().state === 'active');
    assert.ok(cloud.control.now - from > 600_000);
  });

  it('are made anew when polling finds what no event told of, but not again and again', async () => {
    const lease = hooks.account();
    await hooks.subscribed(lease);
    const end = status().subscriptions.nextExpiryAt ?? 0;
    const [before, requests] = [ids(), asked().length];
    const tell = (health: 'silent' | 'active'): void => {
      lease.session.host?.events.tell({ type: 'webhooks', health });
    };
    cloud.control.advance(DAY / 2);
    tell('silent');
    assert.equal(status().state, 'silent');
    await hooks.rig.passing('new life', 1000, () => (status().subscriptions.nextExpiryAt ?? 0) > end);
    const anew = asked().slice(requests);
    assert.deepEqual([ids(), anew.length, anew.filter((one) => one.startsWith('PUT')).length], [before, 13, 12]);
    tell('active');
    assert.equal(status().state, 'active');
    tell('silent');
    await quiet(HOUR / 4);
    assert.equal(asked().length, requests + 13);
  });

  it('work in memory too', async () => {
    const lease = hooks.account({ storage: 'memory' });
    await hooks.subscribed(lease);
    assert.equal(await hooks.post(post()), 200);
    assert.deepEqual([queue(lease), lease.session.host?.keeper.current.kind], [[['daily_sleep', 'create', 'd-1']], 'memory']);
  });

  it("tell whoever watches that something has changed, and never the log what is nobody's business", async () => {
    const changed: string[] = [];
    hooks.rig.runtime.webhooks.changed.add((id) => changed.push(id));
    await hooks.subscribed(hooks.account());
    changed.length = 0;
    assert.equal(await hooks.post(post({ object_id: 'SECRET-document' })), 200);
    assert.equal(await hooks.post({ ...post({ object_id: 'SECRET-other' }), headers: {} }), 401);
    await hooks.rig.until('the change', () => changed.includes('account-1'));
    await nextTurn();
    const word = verificationTokenOf(APPLICATION.clientId, APPLICATION.clientSecret);
    const secrets = [APPLICATION.clientSecret, APPLICATION.clientId, word, 'SECRET', 'person-1', ...ids()];
    for (const secret of secrets)
      assert.deepEqual(
        hooks.rig.log.filter((line) => line.includes(secret)),
        [],
      );
  });

  it('know the address of an account that was never deployed', () => {
    const { webhooks } = hooks.rig.runtime;
    const credentials = { ...APPLICATION, accessToken: '' };
    const own = `/oura/webhook/${KEY}`;
    assert.deepEqual(webhooks.addressOf({ webhookUrl: 'https://example.org', credentials }), {
      callbackUrl: `https://example.org${own}`,
      servedAt: own,
    });
    assert.equal(
      webhooks.addressOf({ webhookUrl: 'https://example.org', credentials: { ...credentials, clientId: '' } }).callbackUrl,
      null,
    );
  });
});
