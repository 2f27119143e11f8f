import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import type { Lease } from '../lib/runtime';
import { statusOfEvent, statusReport, type Wording } from '../lib/sources/status-report';
import type { PersonEngine } from '../lib/sync/person-engine';
import { refresh, type RefreshResult } from '../lib/sync/refresh';
import { HandPerson } from './simulator/server/support/hand-person';
import { TestCloud } from './simulator/server/support/test-cloud';
import { AccountRig } from './support/account-rig';
import { dailySleep, heartRate, night } from './support/days';

const MINUTE = 60_000;

/** Values that occur nowhere else, so that each is found wherever it leaks to. */
const TOKEN = 'SENTINEL-token-8f1c';
const TEXT = 'SENTINEL-health-text';
const NUMBER = 73.8642975;
const EMAIL = 'person@example.com';
const SECRETS = ['SENTINEL', TOKEN, String(NUMBER), EMAIL, '74.8'];

const night15 = night('2026-03-15', { average_hrv: NUMBER, average_breath: NUMBER, note: TEXT, app_sleep_phase_5_min: TEXT }).body;

/** What goes wrong, the code it must end in, and an answer full of what nobody may read. */
const TROUBLES = [
  ['a server error that quotes the data', 'server_failed', { status: 500, body: { detail: TEXT, score: NUMBER } }],
  ['a web page that quotes the request', 'body_not_json', { body: `<html>${TEXT} Authorization: Bearer ${TOKEN}</html>` }],
  ['a text that begins with the data', 'body_not_json', { body: `${TEXT} ${String(NUMBER)}` }], // the parser's own error quotes ten characters
  ['JSON that ends in the middle', 'body_not_json', { body: `{"data":[{"id":"${TEXT}","score":${String(NUMBER)}` }],
  ['JSON of another shape', 'body_unexpected', { body: { [TEXT]: NUMBER } }],
  [
    'a refusal that quotes the question',
    'request_refused',
    { status: 422, body: { detail: [{ input: TEXT, msg: `${String(NUMBER)} is wrong` }] } },
  ],
  ['a refused token', 'not_authorised', { status: 401, body: { detail: `${TEXT} ${TOKEN}` } }],
  ['a lapsed membership', 'membership_lapsed', { status: 403, body: { detail: TEXT } }],
  ['a missing route', 'not_found', { status: 404, body: { detail: TEXT } }],
  ['a rate limit', 'rate_limited', { status: 429, headers: { 'retry-after': '60', 'x-note': TEXT }, body: { detail: TEXT } }],
  ['pages without end', 'page_repeated', { repeatNextToken: true }],
  ['an answer that ends in the middle', 'unreachable', { truncate: true }],
  ['a closed connection', 'unreachable', { dropConnection: true }],
] as const;

describe('logs, errors and status messages', () => {
  let cloud: TestCloud;
  let rig: AccountRig;
  let lease: Lease;
  let engine: PersonEngine;

  beforeEach(async () => {
    const documents = [
      dailySleep('2026-03-14', NUMBER, { contributors: { deep_sleep: NUMBER } }),
      night('2026-03-14', { average_hrv: NUMBER, type: TEXT }),
      heartRate('2026-03-15T08:00:00.000Z', NUMBER),
    ];
    cloud = await TestCloud.start([new HandPerson(documents, { zone: 'UTC' })], '2026-03-15T09:00:00Z', {
      tokens: { [TOKEN]: { person: 0 } },
    });
    rig = new AccountRig(cloud.server);
    lease = rig.acquire({ timezone: 'UTC' }, TOKEN);
    engine = await rig.loaded(lease);
  });
  afterEach(() => rig.clear());

  const words: Wording = {
    text: (error) => `${error.message} ${JSON.stringify(error.params)}`,
    remedy: (error) => error.messageKey,
  };

  /** Everything that a person or a log file could get to see, hidden properties and causes too. */
  function seen(): string {
    const deep = { depth: Infinity, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity };
    const messages = rig.events.map((event) => statusOfEvent(event, { syncs: true, states: true, problems: true }, words, engine.problems));
    const errors = [...rig.events.flatMap((event) => (event.type === 'problem' ? [event.error] : [])), ...engine.problems];
    return [
      ...rig.log,
      inspect(rig.events, deep),
      inspect(errors, deep),
      JSON.stringify(messages),
      JSON.stringify(statusReport(lease.session, words)),
    ].join('\n');
  }

  function assertClean(): void {
    const text = seen();
    for (const secret of SECRETS) {
      const at = text.indexOf(secret);
      assert.equal(at, -1, `${secret} is in: …${text.slice(Math.max(0, at - 200), at + 100)}`);
    }
  }

  const read = (): Promise<RefreshResult> =>
    refresh(engine, { families: ['daily_sleep', 'sleep', 'heartrate'], range: 'recent' }, () => undefined, new AbortController().signal);

  it('LESSON: tokens printed in logs: neither token nor health value of a good sync, at any level', async () => {
    cloud.control.put('sleep', night15);
    await read();
    assert.equal(lease.session.host?.keeper.current.documents.newest('sleep')?.body['average_hrv'], NUMBER);
    assert.ok(rig.log.some((line) => line.startsWith('debug') && line.includes('/v2/usercollection/sleep')));
    assertClean();
  });

  for (const [name, code, fault] of TROUBLES) {
    it(`hold no value of an answer that is ${name}`, async () => {
      cloud.control.fail({ match: { path: '/v2/usercollection/daily_sleep' }, ...fault });
      let ended = false;
      const reading = read().finally(() => {
        ended = true;
      });
      await rig.passing('the end of the reading', MINUTE / 6, () => ended);
      const { families } = await reading;
      assert.equal(families.daily_sleep?.error, code);
      assert.ok(rig.events.some((event) => event.type === 'problem' && event.error.code === code));
      assertClean();
    });
  }

  it('hold no value of a document that is broken, in whichever field', async () => {
    const data = [
      { id: TEXT, day: TEXT, score: NUMBER },
      { id: NUMBER, day: '2026-03-15', score: TEXT, contributors: TEXT, timestamp: TEXT },
      { day: '2026-03-15', contributors: { deep_sleep: TEXT } },
      TEXT,
      NUMBER,
      [TEXT],
      null,
    ];
    for (const family of ['daily_sleep', 'sleep', 'heartrate']) {
      cloud.control.fail({ match: { path: `/v2/usercollection/${family}` }, body: { data, next_token: null } });
    }
    await read();
    const reported = rig.events.filter((event) => event.type === 'problem' && event.error.code === 'document_invalid');
    assert.ok(reported.length >= 5);
    assert.ok((lease.session.host?.keeper.current.setAside.count() ?? 0) >= 5);
    assertClean();
  });

  it('hold no token that Oura refuses when the account starts', async () => {
    lease.release();
    cloud.control.revokeToken(TOKEN);
    lease = rig.acquire({ timezone: 'UTC', interval: 30 }, TOKEN);
    await rig.passing('the state', MINUTE, () => lease.session.state.kind === 'sign_in');
    assertClean();
    lease.release();
    lease = rig.acquire({ timezone: 'UTC', interval: 31 }, `${TOKEN} with a space`);
    await rig.until('the state', () => lease.session.problems.some(({ error }) => error.code === 'token_malformed'));
    assertClean();
  });

  it('are the only trace but the database: settings hold neither token nor health value', async () => {
    await rig.stop();
    const files = readdirSync(rig.folder).filter((file) => file.endsWith('.json'));
    assert.equal(files.length, 1);
    for (const file of files) {
      const text = readFileSync(path.join(rig.folder, file), 'utf8');
      for (const secret of SECRETS) assert.ok(!text.includes(secret), `${secret} in ${file}`);
    }
  });
});
