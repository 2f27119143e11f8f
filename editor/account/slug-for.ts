import { slugOf, uniqueSlug } from '../../lib/sync/slug';

const ENVIRONMENT = /^\$\{.+\}$/;

/** The short name an account is saved with: what was typed, else made from the name; no other account has it. */
export function slugFor(typed: string, name: string, taken: ReadonlySet<string>): string {
  if (ENVIRONMENT.test(typed)) return typed;
  return uniqueSlug(slugOf(typed === '' ? name : typed), taken);
}
