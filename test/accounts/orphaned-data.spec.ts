import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { OrphanedData } from '../../lib/accounts/orphaned-data';
import { PersonFolder } from '../../lib/accounts/person-folder';
import { PersonFiles } from '../../lib/store/person-files';
import { openSqliteStore } from '../../lib/store/sqlite-store';
import { CLOCK, context, daily } from '../store/support/build';
import { MemoryLogger } from '../store/support/memory-logger';
import { temporaryFolder } from '../store/support/temporary-folder';

const [ANN, BEA, CAT] = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb', 'cccccccccccc'];

describe('orphaned data', () => {
  const file = temporaryFolder();
  let folder: PersonFolder;
  let accounts: string[];
  let inUse: string[];
  let data: OrphanedData;
  beforeEach(() => {
    folder = new PersonFolder(file(''), new MemoryLogger());
    accounts = ['account-1'];
    inUse = [];
    const ports = { files: new PersonFiles(file('')), folder, accountIds: () => new Set(accounts), inUse: () => new Set(inUse) };
    data = new OrphanedData(ports);
  });

  function person(personId: string, account: string, days: readonly string[] = []): void {
    const store = openSqliteStore(file(`${personId}.sqlite`), { clock: CLOCK });
    store.documents.upsert(
      'daily_sleep',
      'day',
      days.map((day) => daily(day, day)),
      context(),
    );
    store.close();
    folder.index.remember(personId, account, account.replace('account-', 'slug_'));
  }
  const persons = (): readonly string[] => data.list().map((one) => one.person);

  it('is none where nothing was ever stored', () => {
    assert.deepEqual(data.list(), []);
  });

  it('is of persons none of whose accounts is left in the flows', () => {
    person(ANN, 'account-1');
    person(BEA, 'account-2', ['2026-03-01', '2026-03-02']);
    folder.index.remember(BEA, 'account-3', 'slug_3');
    const [orphan, ...others] = data.list();
    const { sizeBytes, ...rest } = orphan ?? assert.fail();
    assert.deepEqual([rest, others], [{ person: BEA, slugs: ['slug_2', 'slug_3'], documents: 2, newestDay: '2026-03-02' }, []]);
    assert.ok(sizeBytes > 4096);
    accounts = ['account-1', 'account-3'];
    assert.deepEqual(persons(), []);
  });

  it('is listed where only a database or only settings are left, or a database that nobody can read', () => {
    person(ANN, 'account-1');
    writeFileSync(file(`${BEA}.sqlite`), 'no database '.repeat(1000));
    folder.index.remember(CAT, 'account-9', 'cat');
    assert.deepEqual(
      data.list().map(({ person: id, slugs, documents }) => [id, slugs, documents]),
      [
        [BEA, [], 0],
        [CAT, ['cat'], 0],
      ],
    );
  });

  it('is not what is in use at the moment, such as the made-up person of a demo', () => {
    person(BEA, 'account-2');
    inUse = [BEA];
    assert.deepEqual(persons(), []);
    assert.throws(() => data.remove({ person: BEA, confirm: BEA }), { code: 'person_in_use' });
  });

  it('is left as it is by looking at it', () => {
    person(BEA, 'account-2', ['2026-03-01']);
    data.list();
    const store = openSqliteStore(file(`${BEA}.sqlite`), { clock: CLOCK });
    assert.equal(store.documents.newest('daily_sleep')?.day, '2026-03-01');
    store.close();
  });

  describe('that is adopted', () => {
    it('belongs to the account from then on', () => {
      person(BEA, 'account-2');
      data.adopt({ person: BEA, account: 'account-1' }, 'ann');
      assert.deepEqual(persons(), []);
      assert.deepEqual([folder.index.personOf('account-1'), folder.index.slugOf('account-1')], [BEA, 'ann']);
      assert.equal(new PersonFolder(file(''), new MemoryLogger()).index.personOf('account-1'), BEA, 'after a restart too');
    });

    it('goes to no account that has a person already, nor to one that does not exist', () => {
      person(ANN, 'account-1');
      person(BEA, 'account-2');
      assert.throws(
        () => {
          data.adopt({ person: BEA, account: 'account-1' }, 'ann');
        },
        { code: 'account_taken' },
      );
      assert.throws(
        () => {
          data.adopt({ person: BEA, account: 'account-7' }, 'ann');
        },
        { code: 'account_missing' },
      );
      assert.deepEqual(persons(), [BEA]);
    });

    it('must be orphaned', () => {
      person(ANN, 'account-1');
      accounts.push('account-4');
      assert.throws(
        () => {
          data.adopt({ person: ANN, account: 'account-4' }, 'new');
        },
        { code: 'person_in_use' },
      );
    });
  });

  describe('that is deleted', () => {
    it('is gone for good', () => {
      person(ANN, 'account-1');
      person(BEA, 'account-2');
      assert.deepEqual(data.remove({ person: BEA, confirm: BEA }), [`${BEA}.settings.json`, `${BEA}.sqlite`]);
      assert.deepEqual(readdirSync(file('')).toSorted(), [`${ANN}.settings.json`, `${ANN}.sqlite`]);
      assert.deepEqual(persons(), []);
    });

    it('must be confirmed to the letter', () => {
      person(BEA, 'account-2');
      for (const confirm of ['', 'yes', BEA.toUpperCase()])
        assert.throws(() => data.remove({ person: BEA, confirm }), { code: 'confirmation_wrong' });
      assert.deepEqual(persons(), [BEA]);
    });

    it('is never a file that is no person', () => {
      mkdirSync(file('exports'));
      for (const name of ['../flows', 'exports', '', 'account-1', '.']) {
        assert.throws(() => data.remove({ person: name, confirm: name }), { code: 'person_in_use' }, name);
      }
      assert.deepEqual(readdirSync(file('')), [path.basename(file('exports'))]);
    });
  });
});
