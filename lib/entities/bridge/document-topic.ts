import { isEndpointKey, type EndpointKey } from '../../catalogue/endpoints';

const PARTS = /^oura\/([^/]+)\/document\/([^/]+)$/;

/** The retained topic of a family's newest document. */
export function documentTopic(slug: string, endpoint: EndpointKey): string {
  return `oura/${slug}/document/${endpoint}`;
}

/** Whether a topic is one that this package makes for somebody of this slug. */
export function isDocumentTopic(topic: string, slug: string): boolean {
  const [, owner, endpoint = ''] = PARTS.exec(topic) ?? [];
  return owner === slug && isEndpointKey(endpoint);
}
