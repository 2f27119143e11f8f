import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { errorOfNetwork } from '../errors/error-of-network';
import { OuraError } from '../errors/oura-error';
import { proxyAgentFor } from './proxy-agent-for';

/** What a form is sent with. */
export interface FormOptions {
  /** Limit of the whole exchange; being an adapter, this takes real time. */
  readonly timeoutMs: number;
  readonly userAgent: string;
}

/**
 * Sends a form, through the proxy of the environment where there is one. The answer's body is not looked at.
 * @returns its status
 * @throws OuraError `unreachable`, `tls_failed`, `timed_out`
 */
export async function postForm(url: URL, form: Readonly<Record<string, string>>, options: FormOptions): Promise<number> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  try {
    return await statusOf(url, new URLSearchParams(form).toString(), options.userAgent, signal);
  } catch (cause) {
    if (signal.aborted) throw new OuraError('timed_out', { seconds: options.timeoutMs / 1000, path: url.pathname });
    throw errorOfNetwork(cause, url.host);
  }
}

function statusOf(url: URL, body: string, userAgent: string, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      'user-agent': userAgent,
    };
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(url, { method: 'POST', headers, agent: proxyAgentFor(url) ?? false, signal }, (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    request.once('error', reject);
    request.end(body);
  });
}
