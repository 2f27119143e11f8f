import { z } from 'zod';

const schema = z.object({ options: z.array(z.string()) });

/** The options of a discovery payload as it was found at a broker; anything else has none. */
export function optionsIn(payload: string): readonly string[] {
  try {
    return schema.parse(JSON.parse(payload)).options;
  } catch {
    return []; // somebody else's
  }
}
