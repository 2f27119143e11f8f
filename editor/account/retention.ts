const DAYS = /^[1-9]\d*$/;
const ENVIRONMENT = /^\$\{.+\}$/;

/** Days to keep each family, as the account saves them: a number where it is one; what is empty is kept for ever and left out. */
export function retentionProperty(typed: Readonly<Record<string, string>>): Readonly<Record<string, string | number>> {
  const entries = Object.entries(typed).flatMap(([family, text]) => {
    const days = text.trim();
    return days === '' ? [] : [[family, DAYS.test(days) ? Number(days) : days] as const];
  });
  return Object.fromEntries(entries);
}

/** Whether a text is a number of days, empty, or comes from the environment. */
export function isRetention(text: string): boolean {
  const days = text.trim();
  return days === '' || DAYS.test(days) || ENVIRONMENT.test(days);
}
