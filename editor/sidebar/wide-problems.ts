import type { Overview, Told } from '../../lib/accounts/wire';

/** What concerns the whole account: its own problems, and all missing permissions as one. The rest stands beside its family. */
export function wideProblems(problems: Overview['problems']): readonly Told[] {
  const wide = problems.filter(({ family, code }) => family === null && code !== 'scope_missing');
  const missing = problems.filter(({ code }) => code === 'scope_missing').map(({ params }) => String(params['scope']));
  const [first, ...others] = new Set(missing);
  if (first === undefined) return wide;
  const scopes: Told =
    others.length === 0
      ? { code: 'scope_missing', params: { scope: first } }
      : { code: 'scopes_missing', params: { scopes: [first, ...others].join(', ') } };
  return [...wide, scopes];
}
