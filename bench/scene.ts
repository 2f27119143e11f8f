import path from 'node:path';

/** The one person and the one moment that everything is measured with, so that numbers of different days can be compared. */
export const SCENE = {
  seed: 'bench',
  zone: 'Europe/Helsinki',
  years: 5,
  days: 1826,
  firstDay: '2021-03-16',
  now: Date.parse('2026-03-15T08:00:00Z'),
  token: 'bench-token',
  rowsPerPage: 1000,
  documentsPerPage: 500,
} as const;

/** Where a benchmark keeps its files, below `bench/.data`. @param folder that folder */
export const places = {
  person: (folder: string): string => path.join(folder, 'person'),
  bodies: (folder: string, endpoint: string): string => path.join(folder, 'person', `${endpoint}.json`),
  index: (folder: string, endpoint: string): string => path.join(folder, 'person', `${endpoint}.index.json`),
  database: (folder: string): string => path.join(folder, 'kept', 'person.sqlite'),
  requests: (folder: string): string => path.join(folder, 'requests.json'),
} as const;

/** The documents of one endpoint: the file of bodies holds them one after the other, a comma between two. */
export interface BodyIndex {
  /** epoch ms that a window is compared with, ascending */
  readonly anchors: readonly number[];
  /** Where each body begins in the file, and where the next one would. */
  readonly offsets: readonly number[];
}
