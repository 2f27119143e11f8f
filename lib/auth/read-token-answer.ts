import * as z from 'zod';
import { OuraError } from '../errors/oura-error';
import type { TokenSet } from '../ports/token-store';
import { readScopes } from './read-scopes';

const MS = 1000;

const answer = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  refresh_token: z.string().nullish().catch(null),
  expires_in: z.coerce.number().positive().nullish().catch(null),
  scope: z.string().nullish().catch(null),
});

/** What an answer is measured against. */
export interface TokenAnswerContext {
  readonly tokenUrl: string;
  readonly clientId: string;
  /** epoch ms of the answer */
  readonly now: number;
  /** The tokens replaced: what the answer leaves out stays as it was. null = a first sign-in. */
  readonly before: TokenSet | null;
}

/** @throws OuraError `token_answer_invalid` when there is no access token, or no refresh token and none from before */
export function readTokenAnswer(body: unknown, { tokenUrl, clientId, now, before }: TokenAnswerContext): TokenSet {
  const { success, data } = answer.safeParse(body);
  const refreshToken = [data?.refresh_token, before?.refreshToken].find((token) => typeof token === 'string' && token !== '');
  if (!success || typeof refreshToken !== 'string') throw new OuraError('token_answer_invalid', { path: new URL(tokenUrl).pathname });
  const { access_token: accessToken, expires_in: seconds, scope } = data;
  return {
    accessToken,
    refreshToken,
    expiresAt: typeof seconds === 'number' ? now + seconds * MS : null,
    obtainedAt: now,
    scopes: readScopes(scope ?? null) ?? before?.scopes ?? null,
    tokenUrl,
    clientId,
  };
}
