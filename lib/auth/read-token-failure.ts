import * as z from 'zod';

/** Why a token request brought no tokens. Nothing of the library's error but this goes further: it holds the request and its secrets. */
export type TokenFailure =
  | {
      /** An answer, whatever it says. `error` is the field of that name (RFC 6749, section 5.2); null = there is none. */
      readonly kind: 'answer';
      readonly status: number;
      readonly error: string | null;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'network'; readonly cause: unknown };

const CUT_SHORT = { code: 'ECONNRESET' };
const response = z.object({ statusCode: z.number(), complete: z.boolean(), headers: z.record(z.string(), z.unknown()) });
/** Errors of the library's HTTP client, @hapi/wreck 18: the system's own ones, or with `data` that holds what came as an answer. */
const boom = z.object({ isBoom: z.literal(true), data: z.unknown().optional() });
const answered = z.object({ res: response, payload: z.unknown().optional() });
const refusal = z.object({ error: z.string() });

/** @param failure what simple-oauth2 threw; what is no HTTP failure is its own, over an answer of status 200 that is no object */
export function readTokenFailure(failure: unknown): TokenFailure {
  const http = boom.safeParse(failure);
  if (!http.success) return { kind: 'answer', status: 200, error: null, headers: {} };
  const answer = answered.safeParse(http.data.data);
  if (!answer.success) return { kind: 'network', cause: failure };
  const { res, payload } = answer.data;
  if (!res.complete) return { kind: 'network', cause: CUT_SHORT };
  const headers = Object.fromEntries(Object.entries(res.headers).map(([name, value]) => [name, String(value)]));
  const told = refusal.safeParse(payload);
  return { kind: 'answer', status: res.statusCode, error: told.success ? told.data.error : null, headers };
}
