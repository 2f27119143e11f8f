import * as z from 'zod';
import type { TokenSet } from '../ports/token-store';

/** A TokenSet as JSON: in a token file, or on its way to another process. */
export const tokenSetSchema: z.ZodType<TokenSet> = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
  expiresAt: z.number().nullable(),
  obtainedAt: z.number(),
  scopes: z.array(z.string()).nullable(),
  tokenUrl: z.string(),
  clientId: z.string(),
});
