import { SimulatedPerson } from '../../../../lib/simulator/person/simulated-person';
import type { SimulatorOptions } from '../../../../lib/simulator/server/simulator-options';
import { TestCloud } from './test-cloud';

export type Document = Readonly<Record<string, unknown>>;

interface Page {
  readonly data: readonly Document[];
  readonly next_token: string | null;
}

/** A stand-in with one simulated person who has worn a ring since January 2025, in the morning of 24 November 2026. */
export function startSimulated(options: Partial<SimulatorOptions> = {}): Promise<TestCloud> {
  const person = new SimulatedPerson({ seed: 'semantics', firstDay: '2025-01-01', zone: 'Europe/Helsinki' });
  return TestCloud.start([person], '2026-11-24T09:00:00Z', options);
}

/** All pages of a collection. */
export async function readAll(cloud: TestCloud, path: string, query: Readonly<Record<string, string>>): Promise<readonly Document[]> {
  const documents: Document[] = [];
  for (let token: string | null = ''; token !== null;) {
    const got = await cloud.get(path, { ...query, ...(token !== '' && { next_token: token }) });
    if (got.status !== 200) throw new Error(`status ${got.status}: ${got.text}`);
    const page = got.body as Page; // status 200 of a collection is this
    documents.push(...page.data);
    token = page.next_token;
  }
  return documents;
}
