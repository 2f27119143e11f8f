import type { PersonStore } from '../ports/person-store';
import { isoInstant } from '../sources/iso-instant';
import { writeArchive } from '../store/archive-file';
import type { PersonFiles } from '../store/person-files';
import { localDay } from '../sync/local-day';
import { exportLines, type ExportCounts } from './export-lines';
import { totalOf } from './total-of';
import type { ExportAnswer } from './wire';

/** Whose data is exported, and to where. */
export interface ExportOrder {
  readonly personId: string;
  readonly slug: string;
  readonly store: PersonStore;
  readonly files: PersonFiles;
  /** Version of this package. */
  readonly version: string;
  /** epoch ms */
  readonly now: number;
}

const FORMAT = 'node-red-oura-export';
const FORMAT_VERSION = 1;

/**
 * Writes everything that is stored of a person into one file of JSON lines, as `docs/export.md` describes. An export of the same day is
 * replaced. The store may be written to meanwhile: each document is as it was when its line was written.
 * @throws OuraError `folder_refused`, `store_unavailable` when the store was closed; the signal's reason
 */
export async function exportPerson(order: ExportOrder, signal: AbortSignal): Promise<ExportAnswer> {
  const { personId, slug, store, files, version, now } = order;
  const { file, name } = files.export(personId, slug, localDay(now, 'system'));
  const counts: ExportCounts = { documents: {}, rows: {} };
  const head = (): string =>
    JSON.stringify({ format: FORMAT, version: FORMAT_VERSION, package: version, at: isoInstant(now), person: personId, ...counts });
  const bytes = await writeArchive({ file, lines: exportLines(store, counts), head }, signal);
  return { file: `oura/${name}`, documents: totalOf(counts.documents), rows: totalOf(counts.rows), bytes };
}
