import * as z from 'zod';

const text = z.string().max(4000);
const number = z.union([text, z.number()]);
const families = z.record(z.string().max(64), z.array(z.string().max(16)).max(8));

/** The values of the account dialog as they travel; nothing else is let in. */
export const dialogValues = z.strictObject({
  name: z.exactOptional(text),
  slug: z.exactOptional(text),
  mode: z.exactOptional(text),
  apiBase: z.exactOptional(text),
  authorizeUrl: z.exactOptional(text),
  tokenUrl: z.exactOptional(text),
  redirectUri: z.exactOptional(text),
  scopes: z.exactOptional(text),
  clientId: z.exactOptional(text),
  clientSecret: z.exactOptional(text),
  accessToken: z.exactOptional(text),
  seed: z.exactOptional(text),
  families: z.exactOptional(families),
  retentionDays: z.exactOptional(z.record(z.string().max(64), number)),
  historyDays: z.exactOptional(text),
  storage: z.exactOptional(text),
  interval: z.exactOptional(number),
  dailyBudget: z.exactOptional(number),
  timezone: z.exactOptional(text),
  onRemove: z.exactOptional(text),
  webhookUrl: z.exactOptional(text),
});
