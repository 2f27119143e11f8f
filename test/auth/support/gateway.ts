import { startServer, type TestServer } from '../../support/http-server';

/** What a server on the way does with a request before Oura sees it, and with Oura's answer before anyone else sees it. */
export interface OnTheWay {
  readonly request?: () => Promise<void>;
  readonly answer?: (text: string) => Promise<void>;
}

/** A server on the way to the stand-in at `target`. Its own address takes the place of the stand-in's. */
export function startGateway(target: string, onTheWay: OnTheWay): Promise<TestServer> {
  return startServer(async ({ method, path, body, headers }) => {
    await onTheWay.request?.();
    const type = headers['content-type'] ?? '';
    const answer = await fetch(target + path, { method, ...(method === 'POST' && { body, headers: { 'content-type': type } }) });
    const text = await answer.text();
    await onTheWay.answer?.(text);
    return { status: answer.status, headers: { 'content-type': answer.headers.get('content-type') ?? '' }, body: text };
  });
}
