import { OuraError } from '../errors/oura-error';
import type { Body } from '../ports/documents';

/** A collection's answer: its elements and how to go on. */
export interface Envelope {
  readonly data: readonly unknown[];
  /** null at the end */
  readonly nextToken: string | null;
}

/**
 * Reads `{data: [...], next_token: string | null}`; `next_token` may be absent (series) or empty.
 * @param path goes into the error
 * @throws OuraError `body_unexpected`
 */
export function readEnvelope(answer: unknown, path: string): Envelope {
  const { data, next_token: token } = readObject(answer, path);
  if (!Array.isArray(data)) throw new OuraError('body_unexpected', { path });
  if (token === undefined || token === null || token === '') return { data, nextToken: null };
  if (typeof token !== 'string') throw new OuraError('body_unexpected', { path });
  return { data, nextToken: token };
}

/** @throws OuraError `body_unexpected` for anything but a JSON object */
export function readObject(answer: unknown, path: string): Body {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw new OuraError('body_unexpected', { path });
  return answer as Body; // JSON objects have string keys only
}
