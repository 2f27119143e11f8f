import type { z } from 'zod';
import type { Body } from '../ports/documents';
import type { RefusedItem } from './page';
import { quickCheck } from './quick-check';
import { reasonOf } from './reason-of';

/** What a schema said of the elements of an answer. */
export interface Judgement {
  readonly items: readonly Body[];
  readonly setAside: readonly RefusedItem[];
}

/**
 * Sorts the elements of an answer: those the schema accepts are passed on as the very objects received, the others are set aside.
 * @param partial the request chose its fields, so a field that is absent breaks nothing
 */
export function judge(schema: z.ZodType, data: readonly unknown[], partial = false): Judgement {
  const items: Body[] = [];
  const setAside: RefusedItem[] = [];
  const isFine = quickCheck(schema);
  for (const body of data) {
    const reason = isFine(body) ? null : reasonAgainst(schema, body, partial);
    if (reason === null)
      items.push(body as Body); // the schema accepts objects only
    else setAside.push({ reason, body });
  }
  return { items, setAside };
}

function reasonAgainst(schema: z.ZodType, body: unknown, partial: boolean): string | null {
  const verdict = schema.safeParse(body);
  if (verdict.success) return null;
  const issues = partial ? verdict.error.issues.filter(({ path }) => !isAbsent(body, path)) : verdict.error.issues;
  return issues.length === 0 ? null : reasonOf(issues);
}

function isAbsent(body: unknown, path: readonly PropertyKey[]): boolean {
  const [field] = path;
  return typeof body === 'object' && body !== null && field !== undefined && !(field in body);
}
