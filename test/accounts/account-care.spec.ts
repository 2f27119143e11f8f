import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { nextTurn } from '../../lib/async/next-turn';
import { AccountCare } from '../../lib/accounts/account-care';
import { OuraError } from '../../lib/errors/oura-error';
import type { KeptTokens } from '../../lib/ports/token-store';
import type { Lease } from '../../lib/runtime';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud } from '../simulator/server/support/test-cloud';
import { MemoryLogger } from '../store/support/memory-logger';
import { AccountRig } from '../support/account-rig';
import { dailySleep } from '../support/days';
import { webhookStatus } from './support/webhook-status';

const NOW = '2026-03-15T09:00:00Z';
const patient = new AbortController().signal;

describe('the care of accounts', () => {
  let cloud: TestCloud;
  let rig: AccountRig;
  let leases: Lease[];
  let load: (accountId: string) => KeptTokens | null;
  let logger: MemoryLogger;
  let care: AccountCare;

  beforeEach(async () => {
    cloud = await TestCloud.start([new HandPerson([dailySleep('2026-03-14', 70)], { zone: 'UTC' })], NOW);
    rig = new AccountRig(cloud.server);
    leases = [];
    load = () => null;
    logger = new MemoryLogger();
    care = new AccountCare({
      clock: rig.server.clock,
      logger,
      folder: rig.runtime.folder,
      tokens: { load: (accountId) => load(accountId) },
      version: '0.1.0',
      nodeRed: '5.0.7',
      deployed: () => leases,
      accountIds: () => new Set(leases.map(({ session }) => session.config.id)),
      webhooksOf: () => webhookStatus(),
      callbackPath: () => '/oura/oauth/callback',
    });
  });
  afterEach(() => rig.clear());

  function acquire(properties: object = {}): Lease {
    const lease = rig.acquire({ timezone: 'UTC', ...properties });
    leases.push(lease);
    return lease;
  }
  const data = (): readonly string[] => readdirSync(rig.folder).filter((name) => !name.startsWith('tokens') && name !== 'exports');

  it('shows an account that is not deployed as such, and does nothing else with it', async () => {
    assert.deepEqual([care.overview('gone').deployed, care.overview('gone').signedIn], [false, false]);
    assert.throws(() => care.diagnostics('gone'), { code: 'account_missing' });
    await assert.rejects(care.check('gone', patient), { code: 'account_missing' });
    await assert.rejects(care.export('gone', patient), { code: 'account_missing' });
    await assert.rejects(
      care.erase('gone', '', () => Promise.resolve()),
      { code: 'account_missing' },
    );
  });

  it('names the other accounts of the person, by name or else by short name', async () => {
    const first = acquire({ id: 'a', name: 'Ann' });
    await rig.loaded(first);
    const second = acquire({ id: 'b', name: '', slug: 'work' });
    await rig.until('the second to join', () => second.session.host);
    assert.deepEqual([care.overview('a').sharedWith, care.overview('b').sharedWith], [null, 'Ann']);
    const findings = (await care.check('a', patient)).findings;
    assert.deepEqual(findings.find(({ check }) => check === 'shared')?.found, { code: 'person_shared', params: { accounts: 'work' } });
    assert.equal((care.diagnostics('a')['account'] as { accountsOfPerson: number }).accountsOfPerson, 2);
  });

  it('says what was granted, and that a sign-in cannot be read is no sign-in', async () => {
    const lease = acquire({ id: 'o', mode: 'oauth2' });
    await rig.until('a connection', () => lease.session.connection);
    assert.deepEqual([care.overview('o').signedIn, care.overview('o').scopes], [false, null]);
    const tokens = { accessToken: 'x', refreshToken: 'y', expiresAt: null, obtainedAt: 0, scopes: ['daily'], tokenUrl: '', clientId: '' };
    load = () => ({ tokens, foreign: false });
    assert.deepEqual([care.overview('o').signedIn, care.overview('o').scopes], [true, ['daily']]);
    load = () => {
      throw new OuraError('tokens_unreadable');
    };
    assert.deepEqual([care.overview('o').signedIn, care.overview('o').scopes], [false, null]);
    assert.equal((await care.check('o', patient)).findings[0]?.check, 'tokens');
  });

  it('keeps the debug log and the past problems of an account across deploys', () => {
    care.logOf('a').turn(true);
    care.logOf('a').debug('a line');
    care.logOf('b').debug('a line');
    assert.deepEqual(logger.lines, ['info: a line', 'debug: a line']);
    assert.equal(care.overview('a').debugUntil, '2026-03-15T10:00:00.000Z');
    assert.equal(care.historyOf('a'), care.historyOf('a'));
    assert.notEqual(care.historyOf('a'), care.historyOf('b'));
  });

  it('exports the data of the person', async () => {
    await rig.loaded(acquire());
    const { file, documents } = await care.export('account-1', patient);
    assert.ok(existsSync(path.join(rig.folder, '..', file.replace('oura/', `${path.basename(rig.folder)}/`))));
    assert.equal(documents, 2); // the day, and the personal info
  });

  it('erases the person of all their accounts, which rest until somebody wants them again', async () => {
    const [first, second] = [acquire({ id: 'a', name: 'Ann' }), acquire({ id: 'b', name: 'Work' })];
    await rig.loaded(first);
    await rig.until('the second to join', () => second.session.host);
    await care.export('a', patient);
    assert.ok(data().length > 0);
    const signedOut: string[] = [];
    let meanwhile: readonly string[] = [];
    await assert.rejects(
      rig.runtime.care.erase('a', 'Ann', () => Promise.resolve()),
      { code: 'confirmation_wrong' },
    );
    await rig.runtime.care.erase('a', 'ann', (ids) => {
      signedOut.push(...ids);
      meanwhile = [first, second].flatMap(({ session }) => session.host?.personId ?? []);
      return Promise.resolve();
    });
    assert.deepEqual(signedOut.toSorted(), ['a', 'b']);
    assert.deepEqual(meanwhile, [], 'nobody is at work while files are deleted');
    assert.deepEqual(data(), []);
    assert.deepEqual(readdirSync(path.join(rig.folder, 'exports')), []);
    await rig.until('the accounts to rest', () => leases.every(({ session }) => session.state.kind === 'refused'));
    assert.deepEqual(
      first.session.problems.map(({ error }) => error.code),
      ['data_erased'],
    );
    const asked = cloud.control.requests().length;
    cloud.control.advance(3 * 86_400_000);
    for (let turn = 0; turn < 50; turn += 1) await nextTurn();
    assert.equal(cloud.control.requests().length, asked, 'though the token would still work');
    assert.deepEqual(data(), [], 'nothing comes back by itself');
    rig.runtime.wake('a');
    await rig.loaded(first);
    assert.deepEqual(first.session.problems, []);
  });

  it('does so while accounts are deployed anew, and those rest too', async () => {
    const leases = [acquire({ id: 'a', name: 'Ann' }), acquire({ id: 'b', name: 'Work' })];
    const [first = assert.fail(), second = assert.fail()] = leases;
    await rig.loaded(first);
    await rig.until('the second to join', () => second.session.host);
    const again: Lease[] = [];
    await rig.runtime.erase('a', 'ann').finally(() => undefined);
    again.push(acquire({ id: 'a', name: 'Ann', interval: 30 }), acquire({ id: 'b', name: 'Work', interval: 30 }));
    for (const lease of leases) lease.release();
    await rig.until('the new ones to rest', () => again.every(({ session }) => session.state.kind === 'refused'));
    assert.deepEqual(data(), []);
  });

  it('does so although the other account is deployed anew in the middle of it', async () => {
    const [first, second] = [acquire({ id: 'a', name: 'Ann' }), acquire({ id: 'b', name: 'Work' })];
    await rig.loaded(first);
    await rig.until('the second to join', () => second.session.host);
    const erasing = rig.runtime.erase('a', 'ann');
    const again = [acquire({ id: 'b', name: 'Work', interval: 30 }), acquire({ id: 'a', name: 'Ann', interval: 30 })];
    second.release();
    first.release();
    await erasing;
    await rig.until('all to rest', () => again.every(({ session }) => session.state.kind === 'refused'));
    assert.deepEqual(data(), []);
  });

  it('leaves everything as it was when the files cannot be deleted', async () => {
    const lease = acquire({ id: 'a', name: 'Ann' });
    await rig.loaded(lease);
    const person = lease.session.host?.personId ?? '';
    mkdirSync(path.join(rig.folder, `${person}.blocked`)); // a folder in the place of a file cannot be deleted as one
    await assert.rejects(rig.runtime.erase('a', 'ann'), { code: 'folder_refused' });
    await rig.loaded(lease);
    assert.deepEqual(lease.session.problems, []);
  });

  it('exports once when two ask at the same time', async () => {
    await rig.loaded(acquire({ id: 'a', name: 'Ann' }));
    const [one, two] = await Promise.all([care.export('a', patient), care.export('a', patient)]);
    assert.deepEqual(one, two);
    assert.equal(readdirSync(path.join(rig.folder, 'exports')).length, 1);
  });

  it('lists nobody as orphaned whose data is open, nor whose account is in the flows', async () => {
    const lease = acquire({ id: 'a' });
    await rig.loaded(lease);
    assert.deepEqual(care.orphans.list(), []);
    leases.length = 0;
    assert.deepEqual(
      care.orphans.list().map(({ slugs, documents }) => [slugs, documents]),
      [[['ann'], 2]],
    );
  });
});
