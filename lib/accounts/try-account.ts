import type { OuraClient } from '../api/oura-client';
import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../catalogue/endpoints';
import { toOuraError } from '../errors/to-oura-error';
import type { FamilyTest } from './wire';

/** What one question per family has shown. */
export interface Trial {
  /** `id` of personal_info. */
  readonly personalInfoId: string;
  readonly families: readonly FamilyTest[];
}

/**
 * Asks who a sign-in belongs to, then one small question per family.
 * @param today the last day asked for, `YYYY-MM-DD`
 * @throws OuraError when not even the person can be asked for; the signal's reason
 */
export async function tryAccount(client: OuraClient, today: string, signal: AbortSignal): Promise<Trial> {
  const { id } = await client.personalInfo({ purpose: 'fresh' }, signal);
  const families = await Promise.all(ENDPOINT_KEYS.map((endpoint) => tryFamily(client, endpoint, today, signal)));
  return { personalInfoId: id, families };
}

async function tryFamily(client: OuraClient, family: EndpointKey, today: string, signal: AbortSignal): Promise<FamilyTest> {
  try {
    if (endpointOf(family).kind === 'series') await client.latest(family, { purpose: 'fresh' }, signal);
    else
      for await (const page of client.pages(family, { from: today, to: today }, { purpose: 'fresh' }, signal)) if (page.index === 0) break;
    return { family, works: true, error: null };
  } catch (cause) {
    signal.throwIfAborted();
    const error = toOuraError(cause);
    if (error.needsSignIn) throw error;
    return { family, works: false, error: { code: error.code, params: error.params } };
  }
}
