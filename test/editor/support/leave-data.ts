import path from 'node:path';
import { systemClock } from '../../../lib/async/system-clock';
import { openSettingsFile } from '../../../lib/store/settings-file';
import { openSqliteStore } from '../../../lib/store/sqlite-store';
import { context, daily } from '../../store/support/build';
import { MemoryLogger } from '../../store/support/memory-logger';

/** Leaves the data of a person whose account is not in the flows: a day each. */
export function leaveData(userDir: string, person: string, slug: string, days: readonly string[]): void {
  const folder = path.join(userDir, 'oura');
  const store = openSqliteStore(path.join(folder, `${person}.sqlite`), { clock: systemClock });
  store.documents.upsert(
    'daily_sleep',
    'day',
    days.map((day) => daily(day, day)),
    context(),
  );
  store.close();
  openSettingsFile(path.join(folder, `${person}.settings.json`), new MemoryLogger()).save('accounts', { [`gone-${slug}`]: slug });
}
