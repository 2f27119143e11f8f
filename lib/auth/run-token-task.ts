import { toldError } from './told-error';
import type { TokenRequests } from './token-requests';
import type { TokenTask } from './token-task';

/** Does what a task says. @returns the result as JSON can carry it: tokens, a renewal, an address or null. @throws as the request */
export async function runTokenTask(task: TokenTask, requests: TokenRequests): Promise<unknown> {
  switch (task.request) {
    case 'exchange':
      return requests.exchange(task.application, task.exchange);
    case 'renew': {
      const { tokens, unsaved } = await requests.renew(task);
      return { tokens, unsaved: unsaved === null ? null : toldError(unsaved) };
    }
    case 'revoke':
      await requests.revoke(task.application, task.tokens);
      return null;
    case 'probe':
      return requests.probe(task.application);
  }
}
