/** A JSON value as text with the keys of every object sorted: equal content gives equal text. What is no JSON value counts as null. */
export function canonicalJson(value: unknown): string {
  const ordered = (_key: string, inner: unknown): unknown => (isObject(inner) ? sorted(inner) : inner);
  const text = JSON.stringify(value, ordered) as string | undefined; // as at run time
  return text ?? 'null';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
