import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '../../lib/async/system-clock';
import { systemRandom } from '../../lib/async/system-random';
import { SimulatorServer } from '../../lib/simulator/server/simulator-server';
import { HandPerson } from '../simulator/server/support/hand-person';
import { consent } from '../support/consent';
import { dailySleep, heartRate, night } from '../support/days';
import { packedPackage, type PackedPackage } from '../support/packed-package';
import { RealNodeRed } from '../support/real-node-red';

/** Values that occur nowhere else, so that each is found wherever it leaks to. */
const SECRET = 'SENTINEL-client-secret';
const TOKEN = 'SENTINEL-access-token';
const TEXT = 'SENTINEL-health-text';
const NUMBER = 73.8642975;
const SEARCHED = [/SENTINEL/, new RegExp(String(NUMBER)), /person@example\.com/, /74\.8\b/, /[ari][td]-(?:at-)?[0-9a-f]{16}/];

const ACTIONS = {
  get: ['progress', 'overview', 'diagnostics', 'found', 'orphans'],
  post: [
    ['check', { step: 'application' }],
    ['check', { step: 'token' }],
    ['check', { step: 'keep' }],
    ['start', {}],
    ['test', {}],
    ['check-everything', null],
    ['refresh', null],
    ['export', null],
    ['debug', { on: true }],
    ['paste', { address: `http://localhost/?code=${TOKEN}&state=${TOKEN}` }],
    ['confirm-person', null],
    ['erase', { confirm: TEXT }],
    ['adopt', { person: '0123456789ab', account: 'a1' }],
    ['delete-orphan', { person: '0123456789ab', confirm: TEXT }],
    ['cancel', null],
  ],
} as const;

describe('tokens, secrets and health values', function () {
  this.timeout(180_000);
  let cloud: SimulatorServer;
  let packed: PackedPackage;
  let nodeRed: RealNodeRed;
  /** Everything that a browser got to see. */
  const answers: string[] = [];

  before(async () => {
    const today = new Date(systemClock.now()).toISOString().slice(0, 10);
    const documents = [
      dailySleep(today, NUMBER, { contributors: { deep_sleep: NUMBER } }),
      night(today, { average_hrv: NUMBER, app_sleep_phase_5_min: TEXT }),
      heartRate(`${today}T00:00:00.000Z`, NUMBER),
    ];
    cloud = await SimulatorServer.start({
      persons: [new HandPerson(documents, { zone: 'UTC' })],
      clock: systemClock,
      random: systemRandom,
      tokens: { [TOKEN]: { person: 0 } },
      applications: [{ clientId: 'app', clientSecret: SECRET, portal: 'new' }],
      oauth: { expiresInSeconds: 3600 },
    });
    packed = packedPackage();
    const settings = { logging: { console: { level: 'trace', metrics: true, audit: true } } };
    nodeRed = await RealNodeRed.start('node-red', { flows: [], settings, env: { DEBUG: 'simple-oauth2*,follow-redirects,http*' } });
    await packed.install(nodeRed);
  });
  after(async () => {
    await nodeRed.clear();
    await cloud.close();
    packed.clear();
  });

  const values = (): object => ({
    mode: 'oauth2',
    apiBase: cloud.url,
    clientId: 'app',
    clientSecret: SECRET,
    accessToken: TOKEN,
    redirectUri: `${nodeRed.url}/oura/oauth/callback`,
  });

  async function call(method: 'GET' | 'POST', route: string, body?: object): Promise<string> {
    const answer = await fetch(`${nodeRed.url}/oura/account/${route}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    answers.push(`${method} ${route} ${answer.status} ${text}`);
    return text;
  }

  async function signIn(): Promise<void> {
    const { authorizeUrl } = JSON.parse(await call('POST', 'a1/start', { values: values() })) as { authorizeUrl: string }; // StartAnswer
    answers.push(authorizeUrl, await (await fetch(await consent(authorizeUrl))).text());
  }

  async function everyAction(account: string): Promise<void> {
    for (const action of ACTIONS.get) await call('GET', `${account}/${action}`);
    for (const [action, body] of ACTIONS.post)
      await call(
        'POST',
        `${account}/${action}`,
        body === null ? {} : 'step' in body || Object.keys(body).length === 0 ? { ...body, values: values() } : body,
      );
  }

  function assertClean(): void {
    const folder = path.join(nodeRed.userDir, 'oura');
    const settings = readdirSync(folder).filter((file) => file.endsWith('.json'));
    const files = [
      ...settings.map((file) => path.join(folder, file)),
      path.join(nodeRed.userDir, 'flows.json'),
      path.join(nodeRed.userDir, '.config.runtime.json'),
    ];
    const seen = [...nodeRed.log, ...answers, ...files.map((file) => `${file}: ${readFileSync(file, 'utf8')}`)].join('\n');
    for (const searched of SEARCHED) {
      const at = searched.exec(seen)?.index ?? -1;
      assert.equal(at, -1, `${String(searched)} is in: …${seen.slice(Math.max(0, at - 300), at + 100)}`);
    }
  }

  it('appear in no log at any level, no answer to the browser, no settings and no flow, while all goes well', async () => {
    await everyAction('a1'); // before Deploy
    await signIn();
    const account = {
      type: 'oura-account',
      slug: 'ann',
      name: 'Ann',
      apiBase: cloud.url,
      redirectUri: `${nodeRed.url}/oura/oauth/callback`,
    };
    await nodeRed.deploy([
      { ...account, id: 'a1', mode: 'oauth2', credentials: { clientId: 'app', clientSecret: SECRET } },
      { ...account, id: 'a2', slug: 'ann2', mode: 'token', credentials: { accessToken: TOKEN } },
      { id: 'tab', type: 'tab' },
      {
        id: 'sleep',
        type: 'oura-sleep',
        z: 'tab',
        x: 1,
        y: 1,
        account: 'a1',
        output: 'both',
        select: 'latest',
        history: true,
        onStart: true,
        wires: [[]],
      },
      { id: 'status', type: 'oura-status', z: 'tab', x: 1, y: 1, account: 'a2', syncs: true, states: true, problems: true, wires: [[]] },
    ]);
    await nodeRed.until('the data', async () => (await call('GET', 'a1/overview')).includes('"kind":"connected"'));
    for (const account of ['a1', 'a2']) await everyAction(account);
    answers.push(JSON.stringify(await nodeRed.admin('GET', '/flows')));
    for (const id of ['a1', 'a2']) answers.push(JSON.stringify(await nodeRed.admin('GET', `/credentials/oura-account/${id}`)));
    assert.ok(nodeRed.log.some((line) => line.includes('/v2/usercollection/sleep')));
    assert.ok(answers.some((answer) => answer.includes('"documents"')));
    assertClean();
  });

  it('appear nowhere either when everything goes wrong', async () => {
    const quoting = { body: `<html>${TEXT} ${String(NUMBER)} Bearer ${TOKEN} ${SECRET}</html>` };
    for (const fault of [{ status: 500 }, { status: 401 }, { status: 403 }, { status: 422 }, {}]) {
      cloud.control.fail({ ...quoting, ...fault });
      for (const account of ['a1', 'a2', 'a3']) await everyAction(account);
      await signIn().catch(() => undefined); // the consent page quotes too
      cloud.control.clearFaults();
    }
    await signIn();
    await call('POST', 'a1/sign-out', {});
    await everyAction('a1');
    assert.ok(nodeRed.running);
    assertClean();
  });
});
