import { checkStep } from '../check-step';
import type { Context } from '../context';
import type { Panel } from '../panel';
import { partOf } from '../part-of';

/** Where Node-RED lets a person choose which flows an account is for. */
const SCOPE = '#red-ui-editor-config-scope';

/** Whose data it is, and where from. */
export class WhoPanel implements Panel {
  readonly #context: Context;
  readonly #scope = document.querySelector<HTMLSelectElement>(SCOPE);

  constructor(context: Context) {
    this.#context = context;
    const warn = (): void => {
      this.#warn();
    };
    this.#scope?.addEventListener('change', warn, { signal: context.closing });
  }

  shown(): void {
    this.#warn();
  }

  answer(): Promise<boolean> {
    const { fields, say, t } = this.#context;
    if (!this.#isInSubflow || fields.get('mode') !== 'oauth2') return checkStep(this.#context, 'who');
    say(t('oura-account.subflow.first'));
    this.#scope?.focus();
    return Promise.resolve(false);
  }

  /** Node-RED runs a copy of the account for each copy of the subflow, under ids that the dialog does not know. */
  get #isInSubflow(): boolean {
    const isFilled = this.#scope !== null && this.#scope.options.length > 0; // Node-RED does so after it has made the dialog
    const scope = isFilled ? this.#scope.value : (this.#context.node.z ?? '');
    return scope !== '' && (RED.nodes.subflow(scope) ?? null) !== null;
  }

  #warn(): void {
    partOf(this.#context.root, '#oura-subflow').hidden = !this.#isInSubflow;
  }
}
