import type { Refusal } from '../../lib/accounts/wire';
import { Refused } from './refused';
import { Unanswered } from './unanswered';

/** Longer than the slowest action: a test asks Oura for every family. */
const PATIENCE_MS = 120_000;

/**
 * Asks `oura/<kind>/<id>/<action>`; `-` in place of an id stands for none.
 * @param body of a POST; missing = GET
 * @returns the answer, which `lib/accounts/wire.ts` or `lib/home/wire.ts` describes
 * @throws {Refused} with the reasons of the server @throws {Unanswered} when there is no answer
 */
export function askServer<Answer>(id: string, action: string, body?: object, kind: 'account' | 'home' = 'account'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    $.ajax({
      url: `oura/${kind}/${encodeURIComponent(id)}/${action}`,
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
        reject(errorOf(xhr, status, body === undefined ? null : `oura-${kind}.write`));
      },
    });
  });
}

/** @param permission what a login needs for the request; null = looking is enough */
function errorOf({ status, responseJSON }: JqXhr, text: string, permission: string | null): Refused | Unanswered {
  if (isRefusal(responseJSON)) return new Refused(responseJSON);
  if (text === 'timeout') return new Unanswered('slow');
  if (status === 0) return new Unanswered('offline');
  const isMissing = permission !== null && !RED.user.hasPermission(permission);
  if (isMissing && [401, 403].includes(status)) return new Unanswered('forbidden'); // Node-RED says 401 to both
  if (status === 401) return new Unanswered('logged_out');
  if (status === 403) return new Unanswered('denied');
  return new Unanswered(status === 404 ? 'missing' : 'broken');
}

function isRefusal(body: unknown): body is Refusal {
  return typeof body === 'object' && body !== null && 'errors' in body && Array.isArray(body.errors);
}
