import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { entitiesDoc } from './docs/entities-doc';
import { endpointsDoc } from './docs/endpoints-doc';
import { errorsDoc } from './docs/errors-doc';
import { eventsDoc } from './docs/events-doc';
import { metricsDoc } from './docs/metrics-doc';

/** A document that is written by the catalogue: its place below the repository, and what writes it. */
export interface GeneratedDoc {
  readonly file: string;
  readonly render: () => string;
}

/** All generated documents. */
export const GENERATED_DOCS: readonly GeneratedDoc[] = [
  { file: 'docs/metrics.md', render: metricsDoc },
  { file: 'docs/entities.md', render: entitiesDoc },
  { file: 'docs/endpoints.md', render: endpointsDoc },
  { file: 'docs/errors.md', render: errorsDoc },
  { file: 'docs/events.md', render: eventsDoc },
];

/** The documents whose file is missing or says something else than the catalogue. @param root the repository */
export function outdatedDocs(root: string): readonly GeneratedDoc[] {
  return GENERATED_DOCS.filter(({ file, render }) => readOr(path.join(root, file)) !== render());
}

function readOr(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw cause;
  }
}

/** `--check`: says what is outdated and fails; otherwise writes it. */
function main(root: string, isCheck: boolean): void {
  const outdated = outdatedDocs(root);
  if (!isCheck) for (const { file, render } of outdated) writeFileSync(path.join(root, file), render());
  for (const { file } of outdated) process.stdout.write(`${file} ${isCheck ? 'is outdated: run "npm run docs"' : 'written'}\n`);
  if (isCheck && outdated.length > 0) process.exitCode = 1;
}

if (require.main === module) main(path.join(__dirname, '..'), process.argv.includes('--check'));
