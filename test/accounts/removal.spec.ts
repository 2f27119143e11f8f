import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PersonFolder } from '../../lib/accounts/person-folder';
import { Removal } from '../../lib/accounts/removal';
import { TokenFiles } from '../../lib/auth/token-files';
import { LIMITS } from '../../lib/catalogue/limits';
import type { Settings } from '../../lib/ports/settings';
import { FolderFiles } from '../../lib/store/folder-files';
import { PersonFiles } from '../../lib/store/person-files';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud } from '../simulator/server/support/test-cloud';
import { MemoryLogger } from '../store/support/memory-logger';
import { temporaryFolder } from '../store/support/temporary-folder';
import { AccountRig } from '../support/account-rig';
import { dailySleep } from '../support/days';
import { FakeClock } from '../support/fake-clock';
import { FakeRandom } from '../support/fake-random';

const PERSON = '0123456789ab';
const TOKENS = {
  accessToken: 'a',
  refreshToken: 'r',
  expiresAt: null,
  obtainedAt: 0,
  scopes: null,
  tokenUrl: 'https://api.ouraring.com/oauth/token',
  clientId: 'c',
};

describe('what a removed account leaves', () => {
  const inFolder = temporaryFolder();
  const folder = (): string => inFolder('');
  let clock: FakeClock;
  let persons: PersonFolder;
  let tokens: TokenFiles;
  let inFlows: Set<string>;
  let removal: Removal;
  /** What could still be read of persons when they were about to be deleted. */
  let told: unknown[];

  beforeEach(() => {
    clock = new FakeClock(Date.parse('2026-03-15T09:00:00Z'));
    inFlows = new Set(['a1']);
    told = [];
    make();
    persons.index.remember(PERSON, 'a1', 'ann');
    writeFileSync(path.join(folder(), `${PERSON}.sqlite`), 'data');
    tokens.save('a1', TOKENS);
  });

  /** As a start of Node-RED does. */
  function make(): void {
    const logger = new MemoryLogger();
    persons = new PersonFolder(folder(), logger);
    tokens = new TokenFiles({
      files: new FolderFiles(folder()),
      random: new FakeRandom(),
      secrets: () => ['secret'],
      installation: 'here',
    });
    const files = new PersonFiles(folder());
    const onDelete = ({ settings }: { readonly settings: Settings }): void => {
      told.push(settings.load('onRemove'));
    };
    removal = new Removal({ clock, logger, folder: persons, files, tokens, accountIds: () => inFlows, onDelete });
  }
  const hasData = (): boolean => existsSync(path.join(folder(), `${PERSON}.sqlite`));
  const choose = (onRemove: string): void => {
    persons.settingsOf(PERSON).save('onRemove', onRemove);
  };
  const passing = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    removal.sweep();
  };

  it('is deleted a day later where that was chosen, also over a restart', async () => {
    choose('delete');
    removal.sweep();
    inFlows.clear();
    removal.sweep();
    await passing(LIMITS.removalMs - 1);
    assert.ok(hasData());
    assert.deepEqual(told, []);
    make();
    await passing(1);
    assert.deepEqual(told, ['delete']);
    assert.ok(!hasData());
    assert.ok(!existsSync(path.join(folder(), `${PERSON}.settings.json`)));
  });

  it('stays where that was chosen, but for the sign-in', async () => {
    choose('keep');
    inFlows.clear();
    removal.sweep();
    await passing(LIMITS.removalMs);
    assert.ok(hasData());
    assert.deepEqual(tokens.accounts(), []);
  });

  it('stays when the account comes back in time', async () => {
    choose('delete');
    inFlows.clear();
    removal.sweep();
    await passing(LIMITS.removalMs - 1);
    inFlows.add('a1');
    await passing(1);
    inFlows.clear();
    await passing(LIMITS.removalMs - 1);
    assert.ok(hasData());
    assert.deepEqual(tokens.accounts(), ['a1']);
  });

  it('stays as long as another account of the person is there', async () => {
    choose('delete');
    persons.index.remember(PERSON, 'a2', 'ann_2');
    inFlows.clear();
    inFlows.add('a2');
    removal.sweep();
    await passing(LIMITS.removalMs * 3);
    assert.ok(hasData());
    assert.deepEqual(tokens.accounts(), []); // the first account's own sign-in is of no use to anybody
  });
});

describe('an account that runs though the flows do not list it, as one within a subflow', () => {
  it('keeps its data, whatever was chosen for its removal', async () => {
    const cloud = await TestCloud.start([new HandPerson([dailySleep('2026-03-14', 72)], { zone: 'UTC' })], '2026-03-15T09:00:00Z');
    const rig = new AccountRig(cloud.server);
    try {
      const lease = rig.acquire({ timezone: 'UTC', onRemove: 'delete' });
      await rig.loaded(lease);
      const watching = rig.runtime.watchRemovals();
      const { engine = null } = lease.session.host ?? {};
      for (let hour = 0; hour < 30; hour += 1) {
        cloud.control.advance(3_600_000);
        await rig.until('the plan of the hour', () => (engine?.nextAt ?? 0) > cloud.control.now);
      }
      assert.ok(existsSync(path.join(rig.folder, `${lease.session.host?.personId ?? ''}.sqlite`)));
      await rig.stop();
      await watching;
    } finally {
      await rig.clear();
    }
  });
});
