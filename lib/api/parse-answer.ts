import { OuraError } from '../errors/oura-error';
import type { HttpResponse } from '../ports/http';

/** A parsed answer; `value` is whatever JSON it held. */
export interface Answer {
  readonly value: unknown;
  /** Size of the text in bytes. */
  readonly bytes: number;
}

/**
 * Parses the text of a 2xx answer.
 * @param path goes into the error
 * @throws OuraError `body_not_json` for pages of proxies, answers cut short and empty ones
 */
export function parseAnswer({ text, headers }: HttpResponse, path: string): Answer {
  try {
    return { value: JSON.parse(text) as unknown, bytes: Buffer.byteLength(text) };
  } catch {
    // the parser's error is not passed on: it quotes the text
    throw new OuraError('body_not_json', { contentType: kindOf(text, headers['content-type'] ?? ''), path });
  }
}

function kindOf(text: string, contentType: string): string {
  if (text === '') return 'empty';
  const mediaType = /^[\w.+-]{1,40}\/[\w.+-]{1,60}/.exec(contentType.trim())?.[0].toLowerCase();
  if (mediaType === undefined) return 'of no known kind';
  return mediaType.endsWith('json') ? `incomplete ${mediaType}` : mediaType;
}
