import { endpointOf, type EndpointKey } from '../../catalogue/endpoints';
import type { Body } from '../../ports/documents';
import { SANDBOX_TEMPLATES } from './sandbox-templates';
import type { Bounds } from './window-of';

const DAY_MS = 86_400_000;
/** The generator stops here, so that a window from year 1 does not fill the memory. */
const MOST_DAYS = 4000;

/**
 * One document for each day from the first to the last of the window, without the last: the sandbox generates, it does not filter,
 * so n days give n - 1 documents in every family (third parties' measurements, July and August 2026).
 */
export function sandboxDocuments(key: Exclude<EndpointKey, 'personal_info'>, { fromMs, toMs }: Bounds): readonly Body[] {
  const first = Math.floor(fromMs / DAY_MS);
  const last = Math.min(Math.floor(toMs / DAY_MS), first + MOST_DAYS);
  const templates = SANDBOX_TEMPLATES[key];
  return Array.from({ length: Math.max(last - first, 0) }, (_, index) => {
    const number = first + index;
    const choice = ((number % templates.length) + templates.length) % templates.length;
    return { ...idOf(key, choice, number * DAY_MS), ...fill(templates[choice] ?? {}, number * DAY_MS) };
  });
}

function idOf(key: EndpointKey, choice: number, ms: number): Body {
  const { path, kind } = endpointOf(key);
  const date = new Date(ms);
  if (kind === 'series') return {};
  return { id: `${path}-${choice}-${date.getUTCFullYear()}-${date.getUTCMonth() + 1}-${date.getUTCDate()}` };
}

function fill(template: Body, ms: number): Body {
  const day = new Date(ms).toISOString().slice(0, 10);
  const texts: Readonly<Record<string, string>> = {
    '{day}': day,
    '{instant}': `${day}T00:00:00.000+00:00`,
    '{local}': `${day}T00:00:00`,
    '{utc}': `${day}T00:00:00.000Z`,
  };
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [name, typeof value === 'string' ? (texts[value] ?? value) : value]),
  );
}
