import { checkStep } from '../check-step';
import type { Context } from '../context';
import { offerEnvironment } from '../offer-environment';
import type { Panel } from '../panel';

/** The personal access token. */
export class TokenPanel implements Panel {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
    void context.found.then((found) => {
      if (found !== null && !context.closing.aborted) offerEnvironment(context, found.environment, ['accessToken']);
    });
  }

  answer(): Promise<boolean> {
    return checkStep(this.#context, 'token');
  }
}
