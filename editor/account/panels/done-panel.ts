import { element } from '../../support/element';
import type { Context } from '../context';
import type { Panel } from '../panel';
import { partOf } from '../part-of';

const BROKER = 'mqtt-broker';
const HOME_ASSISTANT = 'server';

/** What happens now, and what else is there that goes with it. */
export class DonePanel implements Panel {
  readonly #context: Context;
  readonly #isTested: () => boolean;

  /** @param isTested whether it is known that the sign-in works */
  constructor(context: Context, isTested: () => boolean) {
    this.#context = context;
    this.#isTested = isTested;
  }

  shown(): void {
    void this.#context.found.then((found) => {
      if (!this.#context.closing.aborted) this.#show(found?.addOn ?? false);
    });
  }

  answer(): Promise<boolean> {
    return Promise.resolve(true);
  }

  #show(addOn: boolean): void {
    const { root, t, isNew, fields } = this.#context;
    const needsSignIn = ['oauth2', 'token'].includes(fields.get('mode')) && isNew && !this.#isTested();
    const now = t(isNew ? 'oura-account.done.add' : 'oura-account.done.update');
    const found = [
      ...namesOf(BROKER).map((name) => t('oura-account.done.broker', { name })),
      ...namesOf(HOME_ASSISTANT).map((name) => t('oura-account.done.server', { name })),
      ...(addOn ? [t('oura-account.done.addOn')] : []),
    ];
    const next = ['node', 'example', 'sidebar'].map((one) => t(`oura-account.done.${one}`));
    partOf(root, '#oura-done').replaceChildren(
      element('p', {}, now),
      ...(needsSignIn ? [element('p', { class: 'form-tips' }, t('oura-account.done.untested'))] : []),
      ...list(t('oura-account.done.found'), found),
      ...list(t('oura-account.done.next'), next),
    );
  }
}

function list(heading: string, lines: readonly string[]): readonly HTMLElement[] {
  if (lines.length === 0) return [];
  return [element('h4', {}, heading), element('ul', { class: 'oura-list' }, ...lines.map((line) => element('li', {}, line)))];
}

function namesOf(type: string): readonly string[] {
  const names: string[] = [];
  RED.nodes.eachConfig((config) => {
    if (config.type === type) names.push(RED.utils.getNodeLabel(config, config.id));
    return true;
  });
  return names;
}
