import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { erasePerson } from '../../lib/accounts/erase-person';
import { exportPerson } from '../../lib/accounts/export-person';
import { PersonFiles } from '../../lib/store/person-files';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud, TOKEN } from '../simulator/server/support/test-cloud';
import { AccountRig } from '../support/account-rig';
import { dailySleep, heartRate } from '../support/days';

const NOW = '2026-03-15T09:00:00Z';
const SENTINEL = 'SENTINEL-health-text';

/** Names and contents of all files below a folder. */
function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return `${file}\n${entry.isFile() ? readFileSync(file, 'latin1') : ''}`;
    })
    .join('\n');
}

describe('erasing a person', () => {
  let cloud: TestCloud;
  let rig: AccountRig;
  beforeEach(async () => {
    const mine = [dailySleep('2026-03-14', 70, { note: SENTINEL }), heartRate('2026-03-15T08:00:00.000Z', 60)];
    const persons = [new HandPerson(mine, { zone: 'UTC' }), new HandPerson([dailySleep('2026-03-14', 71)], { id: 'person-2' })];
    cloud = await TestCloud.start(persons, NOW, { tokens: { [TOKEN]: { person: 0 }, other: { person: 1 } } });
    rig = new AccountRig(cloud.server);
  });
  afterEach(() => rig.clear());

  it('leaves no file of theirs, and all of everybody else', async () => {
    const lease = rig.acquire({ timezone: 'UTC' });
    const other = rig.acquire({ id: 'account-2', name: 'Bea' }, 'other');
    await rig.loaded(lease);
    await rig.loaded(other);
    const { personId, keeper } = lease.session.host ?? assert.fail();
    const otherId = other.session.host?.personId ?? '';
    const files = new PersonFiles(rig.folder);
    const order = { files, version: '0.1.0', now: Date.parse(NOW) };
    const patient = new AbortController().signal;
    await exportPerson({ ...order, personId, slug: 'ann', store: keeper.current }, patient);
    await exportPerson({ ...order, personId: otherId, slug: 'ann', store: keeper.current }, patient); // the same short name
    await rig.stop();
    rmSync(path.join(rig.folder, 'exports', `ann-${otherId}-2026-03-15.jsonl`));
    writeFileSync(path.join(rig.folder, 'exports', `ann-${otherId}-2026-03-15.jsonl`), 'of somebody else');
    writeFileSync(path.join(rig.folder, 'exports', `ann-${personId}-2026-03-14.jsonl.part`), `interrupted ${SENTINEL}`);
    writeFileSync(path.join(rig.folder, `${personId}.settings.json.corrupt-1`), 'set aside');
    writeFileSync(path.join(rig.folder, `${personId}.sqlite-wal`), SENTINEL);
    assert.ok(everythingIn(rig.folder).includes(SENTINEL));

    const names = erasePerson(personId, { files, folder: rig.runtime.folder });

    assert.deepEqual(
      names,
      [
        `${personId}.settings.json`,
        `${personId}.settings.json.corrupt-1`,
        `${personId}.sqlite`,
        `${personId}.sqlite-wal`,
        path.join('exports', `ann-${personId}-2026-03-14.jsonl.part`),
        path.join('exports', `ann-${personId}-2026-03-15.jsonl`),
      ].toSorted(),
    );
    const left = everythingIn(rig.folder);
    for (const trace of [SENTINEL, personId]) assert.ok(!left.includes(trace), trace);
    assert.deepEqual(files.of(otherId), [
      `${otherId}.settings.json`,
      `${otherId}.sqlite`,
      path.join('exports', `ann-${otherId}-2026-03-15.jsonl`),
    ]);
    assert.deepEqual(rig.runtime.folder.index.accountsOf(personId), {}, 'what was read of the settings before is forgotten too');
  });

  it('that has nothing is harmless', () => {
    assert.deepEqual(erasePerson('0123456789ab', { files: new PersonFiles(rig.folder), folder: rig.runtime.folder }), []);
  });

  it('says that the folder refuses', () => {
    mkdirSync(path.join(rig.folder, '0123456789ab.sqlite')); // cannot be deleted as a file
    assert.throws(() => erasePerson('0123456789ab', { files: new PersonFiles(rig.folder), folder: rig.runtime.folder }), {
      code: 'folder_refused',
    });
  });
});
