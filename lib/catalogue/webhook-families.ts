import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from './endpoints';

/** The families that Oura tells of by webhooks; the others are read along with them. */
export const WEBHOOK_FAMILIES: readonly EndpointKey[] = ENDPOINT_KEYS.filter((key) => endpointOf(key).webhook !== null);
