import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface CallOut {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
}

/** Calls an address outside, as Oura's cloud does for webhooks. @returns status 0 when no answer came */
export function callOut({ method, url, headers, body, timeoutMs }: CallOut): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve) => {
    const none = (): void => {
      resolve({ status: 0, text: '' });
    };
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    const outgoing = send(url, { method, headers, timeout: timeoutMs, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', none);
      answer.once('end', () => {
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    outgoing.once('timeout', () => outgoing.destroy());
    outgoing.once('error', none);
    outgoing.once('close', none);
    outgoing.end(body);
  });
}
