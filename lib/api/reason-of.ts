import type { z } from 'zod';

const ISSUES_TOLD = 5;
const NAME_LENGTH = 40;

/** Why a document was refused, as `field: expectation` joined by `; `. Made of names and expectations only, so no value gets into it. */
export function reasonOf(issues: readonly z.core.$ZodIssue[]): string {
  const texts = [...new Set(issues.map((issue) => `${pathOf(issue.path)}: ${expectationOf(issue)}`))];
  const more = texts.length - ISSUES_TOLD;
  return [...texts.slice(0, ISSUES_TOLD), ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

function pathOf(path: readonly PropertyKey[]): string {
  const names = path.map((part) => (typeof part === 'number' ? '[]' : String(part).replace(/\W/g, '?').slice(0, NAME_LENGTH)));
  return names.length === 0 ? 'document' : names.join('.');
}

/** The library's own texts are not used: some quote what was received. */
function expectationOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `expected ${issue.expected}`;
  if (issue.code === 'invalid_format') return `expected ${issue.format}`;
  if (issue.code === 'custom') return issue.message;
  return issue.code;
}
