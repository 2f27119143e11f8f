import { LIMITS } from '../lib/catalogue/limits';
import type { Figure } from './results';
import { SCENE } from './scene';

type Run = Readonly<Record<string, number>>;

/** What the programs reported, one entry per run. */
export interface Measurements {
  readonly first: readonly Run[];
  /** The same with the limits of requests lifted; `first` itself where they never made it wait. */
  readonly lifted: readonly Run[];
  readonly plain: readonly Run[];
  readonly answers: Run;
  readonly demo: readonly Run[];
  readonly statistics: Run;
}

const AIMS = { ratio: 1.5, blockP99Ms: 50, blockMaxMs: 250, demoCpuSeconds: 6, demoBlockMs: 200 } as const;

/** The rows of the table. */
export function figuresOf({ first, lifted, plain, answers, demo, statistics }: Measurements): readonly Figure[] {
  const wall = median(first, 'wallMs');
  const plainWall = median(plain, 'wallMs');
  const figure = (key: string, what: string, value: number, unit: string, aim: number | null = null): Figure => ({
    key,
    what,
    value: Number.isInteger(value) ? value : Number(value.toPrecision(4)),
    unit,
    aim,
  });
  const answer = (key: string, what: string): Figure => figure(key, what, answers[key] ?? NaN, 'ms');
  return [
    figure('documents', 'Five years of one person: documents', median(first, 'documents'), ''),
    figure('rows', 'Five years of one person: rows of heart rate and battery', median(first, 'rows'), ''),
    figure('bytes', 'Five years of one person: JSON', median(plain, 'bytes') / 1e6, 'MB'),
    figure('requests', 'First connection: requests', median(first, 'requests'), ''),
    figure('waited', 'First connection: wait for the limit of requests', median(first, 'overBurst') / LIMITS.applicationPerSecond, 's'),
    figure('plain', 'Downloading and parsing the same pages', plainWall / 1000, 's'),
    figure('first', 'First connection, until all is in the database', wall / 1000, 's'),
    figure('ratio', 'First connection as a ratio to downloading and parsing', wall / plainWall, '', AIMS.ratio),
    ...(lifted === first
      ? []
      : [figure('ratioLifted', 'The same ratio with the limit of requests lifted', median(lifted, 'wallMs') / plainWall, '', AIMS.ratio)]),
    figure('peak', 'First connection: peak memory of the process', median(first, 'peakMiB'), 'MiB'),
    figure('plainPeak', 'Downloading and parsing: peak memory of the process', median(plain, 'peakMiB'), 'MiB'),
    figure('blockP99', 'First connection: event loop late, 99th percentile', median(first, 'blockP99Ms'), 'ms', AIMS.blockP99Ms),
    figure('blockMax', 'First connection: event loop late, longest', median(first, 'blockMaxMs'), 'ms', AIMS.blockMaxMs),
    figure('sizePerYear', 'Database on disk, per year', median(first, 'sizeBytes') / SCENE.years / 1e6, 'MB'),
    answer('monthOfDays', 'Query: 30 days of daily sleep'),
    answer('monthOfNights', 'Query: 30 nights of sleep with their samples'),
    answer('monthOfRows', 'Query: 30 days of heart rate'),
    answer('latest', 'Query: latest night'),
    answer('knownDocuments', `Unchanged page of ${SCENE.documentsPerPage} documents`),
    answer('knownRows', `Unchanged page of ${SCENE.rowsPerPage} rows`),
    figure(
      'demoCpu',
      'Demo account, two years: processor time of making, serving and loading',
      median(demo, 'cpuMs') / 1000,
      's',
      AIMS.demoCpuSeconds,
    ),
    figure('demoBlock', 'Demo account: event loop late, longest', median(demo, 'blockMaxMs'), 'ms', AIMS.demoBlockMs),
    figure('statisticsRows', 'Statistics of five years, every metric: rows', statistics['rows'] ?? NaN, ''),
    figure('statistics', 'Statistics of five years: import into a stand-in, until read back', (statistics['wallMs'] ?? NaN) / 1000, 's'),
    figure('statisticsMessages', 'Statistics of five years: messages to Home Assistant', statistics['messages'] ?? NaN, ''),
    figure(
      'statisticsBlock',
      'Statistics of five years: event loop late, longest, the stand-in included',
      statistics['blockMaxMs'] ?? NaN,
      'ms',
    ),
  ];
}

function median(runs: readonly Run[], key: string): number {
  const values = runs.map((run) => run[key] ?? NaN).toSorted((a, b) => a - b);
  return values[values.length >> 1] ?? NaN;
}
