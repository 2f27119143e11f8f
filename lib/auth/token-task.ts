import * as z from 'zod';
import { ERROR_CODES, type ErrorCodeName } from '../errors/error-codes';
import type { CodeExchange, OAuthApplication } from '../ports/oauth';
import { tokenSetSchema } from './token-set-schema';

/** What the process that asks Oura is told on its standard input, and what it answers: one JSON text each. Both hold secrets. */

const applicationSchema: z.ZodType<OAuthApplication> = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  tokenUrls: z.array(z.string()),
  revokeUrl: z.string(),
});
const exchangeSchema: z.ZodType<CodeExchange> = z.object({
  code: z.string(),
  redirectUri: z.string(),
  codeVerifier: z.string().nullable(),
});

/** One method of TokenRequests with its arguments. */
export const tokenTaskSchema = z.discriminatedUnion('request', [
  z.object({ request: z.literal('exchange'), application: applicationSchema, exchange: exchangeSchema }),
  z.object({ request: z.literal('renew'), accountId: z.string(), application: applicationSchema, held: tokenSetSchema }),
  z.object({ request: z.literal('revoke'), application: applicationSchema, tokens: tokenSetSchema }),
  z.object({ request: z.literal('probe'), application: applicationSchema }),
]);
export type TokenTask = z.infer<typeof tokenTaskSchema>;

/** Where the tokens are kept and how, for a process that knows nothing. */
export const tokenPlaceSchema = z.object({
  /** absolute path */
  folder: z.string(),
  /** As in TokenFilesOptions, as they are now. */
  secrets: z.array(z.string().nullable()),
  /** As in TokenFilesOptions. */
  installation: z.string(),
  userAgent: z.string(),
});
export type TokenPlace = z.infer<typeof tokenPlaceSchema>;

/** `now`: epoch ms of the clock that instants of tokens are counted by. */
export const tokenOrderSchema = z.object({ now: z.number(), place: tokenPlaceSchema, task: tokenTaskSchema });
export type TokenOrder = z.infer<typeof tokenOrderSchema>;

/** An OuraError on its way; `retryAfterMs` of a RateLimitedError, else null. */
export const toldErrorSchema = z.object({
  code: z.custom<ErrorCodeName>((code) => typeof code === 'string' && Object.hasOwn(ERROR_CODES, code)),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  retryAfterMs: z.number().nullable(),
});
export type ToldError = z.infer<typeof toldErrorSchema>;

/** `value` is what the request brings when there is no error. */
export const tokenAnswerSchema = z.object({ error: toldErrorSchema.nullable(), value: z.unknown() });
export type TokenAnswer = z.infer<typeof tokenAnswerSchema>;

export const renewalSchema = z.object({ tokens: tokenSetSchema, unsaved: toldErrorSchema.nullable() });
