import assert from 'node:assert/strict';
import { endpointOf, ENDPOINT_KEYS } from '../../lib/catalogue/endpoints';
import { nextTurn } from '../../lib/async/next-turn';
import { addDays } from '../../lib/sync/local-day';
import { dailySleep, night } from '../support/days';
import type { HandDocument } from '../simulator/server/support/hand-person';
import { makeClient } from '../api/make-client';
import { CompareRig } from './support/compare-rig';

const COLLECTION = '/v2/usercollection/daily_sleep';
const days = (first: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => addDays(first, index));
const idOf = (day: string): string => `ds-${day}`;
/** Two weeks and what lies before them. */
const SCORES = days('2026-02-25', 19).map((day) => dailySleep(day, 70));

describe('a comparison of recent days', () => {
  let rig: CompareRig;
  const start = async (documents: readonly HandDocument[] = SCORES): Promise<void> => {
    rig = await CompareRig.start(documents);
    await rig.load('daily_sleep');
  };
  afterEach(() => rig.clear());

  const remove = (...list: readonly string[]): void => {
    for (const day of list) rig.cloud.control.remove('daily_sleep', idOf(day));
  };
  const reconcile = (from?: string, to?: string, whole?: boolean) => rig.reconcile('daily_sleep', from, to, whole);
  /** The collection answers with these days only; by their id all are there. */
  const lie = (...shown: readonly string[]): void => {
    const data = SCORES.filter(({ body }) => shown.includes(String(body['day']))).map(({ body }) => body);
    rig.cloud.control.fail({ match: { path: COLLECTION }, body: { data, next_token: null } });
  };

  it('costs one request when nothing has changed, as a poll does', async () => {
    await start();
    assert.deepEqual(await rig.asked(() => reconcile()), ['collection']);
    assert.deepEqual(rig.changes(), []);
  });

  it('tells what came late and what was amended, and knows the newest day', async () => {
    await start();
    rig.cloud.control.put('daily_sleep', dailySleep('2026-03-05', 88).body);
    rig.cloud.control.put('daily_sleep', { ...dailySleep('2026-03-04', 90).body, id: 'late' });
    rig.cloud.control.put('daily_sleep', dailySleep('2026-03-16', 77).body);
    const { created, updated, deleted, newestDay } = await reconcile();
    assert.deepEqual([created, updated, deleted, newestDay], [2, 1, 0, '2026-03-16']);
    assert.deepEqual(new Set(rig.changes().map(({ via, historic }) => `${via} ${String(historic)}`)), new Set(['reconcile false']));
  });

  it('LESSON: delete events ignored: what Oura answers with 404 is deleted, and the change log says what it was', async () => {
    await start();
    remove('2026-03-10');
    let outcome;
    const asked = await rig.asked(async () => {
      outcome = await reconcile();
    });
    assert.deepEqual(asked, ['collection', 'ds-2026-03-10']);
    assert.equal((outcome as unknown as { deleted: number }).deleted, 1);
    const [change, ...others] = rig.changes();
    assert.deepEqual(others, []);
    assert.deepEqual([change?.kind, change?.via, change?.day, change?.previous?.['score']], ['deleted', 'reconcile', '2026-03-10', 70]);
    assert.ok(!rig.ids('daily_sleep').includes('ds-2026-03-10'));
  });

  it('knows the newest day that is left after the newest was deleted', async () => {
    await start();
    remove('2026-03-15');
    assert.equal((await reconcile()).newestDay, '2026-03-14');
  });

  it('leaves alone what is missing from the answer and there by its id, stores it as it is there, and lets it rest for days', async () => {
    await start();
    const last = '2026-03-15';
    lie(...days('2026-03-01', 15).filter((day) => day !== '2026-03-10'), last);
    rig.cloud.control.put('daily_sleep', dailySleep('2026-03-10', 99).body);
    assert.deepEqual(await rig.asked(() => reconcile()), ['collection', 'ds-2026-03-10']);
    assert.deepEqual(
      rig.changes().map(({ kind, body }) => [kind, body?.['score']]),
      [['updated', 99]],
    );
    assert.deepEqual(await rig.asked(() => reconcile()), ['collection']);
    assert.deepEqual(await rig.asked(() => reconcile('2026-03-01', '2026-03-16', true)), ['collection', 'ds-2026-03-10']);
    rig.cloud.control.advance(4 * 86_400_000);
    assert.deepEqual(await rig.asked(() => reconcile()), ['collection', 'ds-2026-03-10']);
  });

  it('does not delete at the edges of its days, nor beyond them', async () => {
    await start();
    remove('2026-02-27', '2026-03-01', '2026-03-06', '2026-03-09');
    assert.deepEqual(await rig.asked(() => reconcile('2026-03-01', '2026-03-06')), ['collection']);
    assert.equal(rig.ids('daily_sleep').length, SCORES.length);
  });

  it('judges every day that a person asks for, the first and the last too, and no other', async () => {
    await start();
    remove('2026-02-28', '2026-03-01', '2026-03-06', '2026-03-07');
    const asked = await rig.asked(() => reconcile('2026-03-01', '2026-03-06', true));
    assert.deepEqual(asked, ['collection', 'ds-2026-03-06', 'ds-2026-03-01']);
    assert.equal(rig.ids('daily_sleep').length, SCORES.length - 2);
  });

  it('believes only what the window covers for certain: a night that began before it is not asked for', async () => {
    const early = night('2026-03-02', { id: 'early', bedtime_start: '2026-02-26T23:30:00.000+00:00' });
    await start([early, night('2026-03-03')]);
    await rig.load('sleep');
    for (const id of ['early', 's-2026-03-03']) rig.cloud.control.remove('sleep', id);
    assert.deepEqual(await rig.asked(() => rig.reconcile('sleep')), ['collection', 's-2026-03-03']);
    assert.deepEqual(rig.ids('sleep'), ['early']);
  });

  it('asks for twenty at most, the newest first, and for the rest the next time', async () => {
    await start(days('2026-02-05', 39).map((day) => dailySleep(day, 70)));
    remove(...days('2026-02-10', 30));
    const asked = await rig.asked(() => reconcile('2026-02-05'));
    assert.deepEqual(asked, ['collection', ...days('2026-02-20', 20).toReversed().map(idOf)]);
    assert.deepEqual((await rig.asked(() => reconcile('2026-02-05'))).length, 11);
    assert.deepEqual(rig.ids('daily_sleep').length, 9);
  });

  it('believes an empty answer only when the newest of what is stored is really gone', async () => {
    await start();
    lie();
    assert.deepEqual(await rig.asked(() => reconcile()), ['collection', 'ds-2026-03-15']);
    assert.equal(rig.ids('daily_sleep').length, SCORES.length);
    rig.cloud.control.clearFaults();
    remove(...days('2026-02-25', 19));
    assert.equal((await reconcile()).deleted, 13); // the one that was there a moment ago rests
  });

  for (const status of [400, 500]) {
    it(`deletes nothing that is answered with ${String(status)}, and goes on with the others`, async () => {
      await start();
      remove('2026-03-10', '2026-03-11');
      rig.cloud.control.fail({ match: { path: `${COLLECTION}/ds-2026-03-11` }, status });
      assert.equal((await reconcile()).deleted, 1);
      assert.ok(rig.ids('daily_sleep').includes('ds-2026-03-11'));
    });
  }

  it('stops asking when three suspects in a row have got no answer', async () => {
    await start();
    remove(...days('2026-03-04', 8));
    rig.cloud.control.fail({ match: { path: `${COLLECTION}/*` }, status: 400 });
    assert.equal((await rig.asked(() => reconcile())).length, 4);
  });

  it('deletes nothing when a page fails, nor when a document of the answer could not be read', async () => {
    await start();
    remove('2026-03-10');
    rig.cloud.control.setPageSize(5, 100);
    rig.cloud.control.fail({ match: { path: COLLECTION }, after: 2, status: 400 });
    await assert.rejects(reconcile(), { code: 'request_refused' });
    rig.cloud.control.clearFaults();
    rig.cloud.control.put('daily_sleep', { ...dailySleep('2026-03-09', 70).body, score: 'many' });
    assert.deepEqual(
      (await rig.asked(() => reconcile())).filter((asked) => asked !== 'collection'),
      [],
    );
    assert.equal(rig.ids('daily_sleep').length, SCORES.length);
  });

  it('ends with the error where it concerns the account', async () => {
    await start();
    remove('2026-03-10', '2026-03-11');
    rig.cloud.control.fail({ match: { path: `${COLLECTION}/*` }, status: 401 });
    await assert.rejects(reconcile(), { code: 'not_authorised' });
    assert.equal(rig.ids('daily_sleep').length, SCORES.length);
  });

  it('does not ask for a document to which Oura gave no id, nor for one that now comes without', async () => {
    const nameless = Object.fromEntries(Object.entries(dailySleep('2026-03-08', 60).body).filter(([field]) => field !== 'id'));
    await start([...SCORES, { endpoint: 'daily_sleep', anchor: '2026-03-08T00:00:01Z', body: nameless }]);
    await rig.load('daily_sleep');
    rig.cloud.control.reset();
    const shown = SCORES.map(({ body: { id, ...rest } }) => (rest['day'] === '2026-03-07' ? rest : { id, ...rest }));
    rig.cloud.control.fail({ match: { path: COLLECTION }, body: { data: shown, next_token: null } });
    assert.deepEqual(await rig.asked(() => reconcile()), ['collection']);
    assert.ok(rig.ids('daily_sleep').includes('ds-2026-03-07'));
  });

  it('deletes nothing in the sandbox, which has no documents by id', async () => {
    await start();
    const made = makeClient(rig.cloud.server.url, { sandbox: true });
    await rig.run({ kind: 'reconcile', endpoint: 'daily_sleep', from: '2026-03-01', to: '2026-03-16' }, made.client);
    made.close();
    assert.equal(rig.changes().filter(({ kind }) => kind === 'deleted').length, 0);
  });

  it('tells what lies before the loaded days as history, and takes in nothing new from before both', async () => {
    await start([]);
    rig.family = { ...rig.family, reached: '2026-03-08' };
    for (const day of ['2026-02-28', '2026-03-05', '2026-03-10']) rig.cloud.control.put('daily_sleep', dailySleep(day, 70).body);
    await reconcile();
    assert.deepEqual(rig.ids('daily_sleep'), ['ds-2026-03-05', 'ds-2026-03-10']);
    assert.deepEqual(
      rig.changes().map(({ day }) => day),
      ['2026-03-10'],
    );
    remove('2026-03-05', '2026-03-10');
    assert.equal((await reconcile()).deleted, 2);
    assert.deepEqual(
      rig.changes().map(({ day, kind }) => [day, kind]),
      [
        ['2026-03-10', 'created'],
        ['2026-03-10', 'deleted'],
      ],
    );
  });

  it('does not take what retention has dropped, or is about to drop, for deleted', async () => {
    await start();
    rig.keepFrom = '2026-03-10';
    remove(...days('2026-03-02', 13));
    assert.deepEqual(await rig.asked(() => reconcile()), ['collection', ...days('2026-03-10', 5).toReversed().map(idOf)]);
  });

  it('never asks for single documents of families that are read whole or have no route for them', async () => {
    await start();
    for (const endpoint of ENDPOINT_KEYS.filter((key) => endpointOf(key).window.params === 'none' || !endpointOf(key).single)) {
      assert.deepEqual(
        (await rig.asked(() => rig.reconcile(endpoint))).filter((asked) => asked.includes('-') && !asked.includes(' ')),
        [],
      );
    }
  });

  it('ends at once when it is stopped while it asks for a suspect', async () => {
    await start();
    remove('2026-03-10');
    rig.cloud.control.fail({ match: { path: `${COLLECTION}/*` }, hang: true });
    const stop = new AbortController();
    const run = rig.run({ kind: 'reconcile', endpoint: 'daily_sleep', from: '2026-03-01', to: '2026-03-16' }, rig.client, stop.signal);
    const ended = assert.rejects(run, { name: 'AbortError' });
    while (!rig.cloud.control.requests().some(({ path }) => path.endsWith('ds-2026-03-10'))) await nextTurn();
    stop.abort(new DOMException('enough', 'AbortError'));
    await ended;
    assert.ok(rig.ids('daily_sleep').includes('ds-2026-03-10'));
  });
});
