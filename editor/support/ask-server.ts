import type { Refusal } from '../../lib/accounts/wire';
import { Refused } from './refused';
import { Unanswered } from './unanswered';

/** Longer than the slowest action: a test asks Oura for every family. */
const PATIENCE_MS = 120_000;
const TYPE = 'oura-account';
/** What a login needs for every POST. */
const WRITE = `${TYPE}.write`;

/**
 * Asks `oura/account/<account>/<action>`; `-` in place of an account stands for none.
 * @param body of a POST; missing = GET
 * @returns the answer, which `lib/accounts/wire.ts` describes
 * @throws {Refused} with the reasons of the server @throws {Unanswered} when there is no answer
 */
export function askServer<Answer>(account: string, action: string, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    $.ajax({
      url: `oura/account/${encodeURIComponent(account)}/${action}`,
      method: body === undefined ? 'GET' : 'POST',
      dataType: 'json',
      contentType: 'application/json',
      timeout: PATIENCE_MS,
      cache: false,
      ...(body !== undefined && { data: JSON.stringify(body) }),
      success: (answer) => {
        resolve(answer as Answer); // both ends are compiled from the same contract
      },
      error: (xhr, status) => {
        reject(errorOf(xhr, status, body !== undefined));
      },
    });
  });
}

function errorOf({ status, responseJSON }: JqXhr, text: string, isPost: boolean): Refused | Unanswered {
  if (isRefusal(responseJSON)) return new Refused(responseJSON);
  if (text === 'timeout') return new Unanswered('slow');
  if (status === 0) return new Unanswered('offline');
  if (isPost && [401, 403].includes(status) && !RED.user.hasPermission(WRITE)) return new Unanswered('forbidden'); // Node-RED says 401 to both
  if (status === 401) return new Unanswered('logged_out');
  if (status === 403) return new Unanswered('denied');
  return new Unanswered(status === 404 ? 'missing' : 'broken');
}

function isRefusal(body: unknown): body is Refusal {
  return typeof body === 'object' && body !== null && 'errors' in body && Array.isArray(body.errors);
}
