import {
  LIVE_TOPIC,
  type DebugRequest,
  type EraseRequest,
  type ExportAnswer,
  type Overview,
  type RefreshAnswer,
} from '../../../lib/accounts/wire';
import { downloadJson } from '../../support/download-json';
import { element } from '../../support/element';
import type { Context } from '../context';
import { overviewElements } from '../overview-elements';
import type { Panel } from '../panel';
import { partOf } from '../part-of';

const SIDEBAR = 'oura';
/** What becomes of an account whose data was deleted. */
const AFTER_ERASE: Readonly<Record<string, string>> = { token: 'afterToken', demo: 'afterDemo', sandbox: 'afterDemo' };

/** An account that is there already: how it is, and what can be done with it. */
export class AccountPanel implements Panel {
  readonly #context: Context;
  #overview: Overview | null = null;
  #looking = false;

  constructor(context: Context) {
    this.#context = context;
    if (context.isNew) return;
    this.#buttons();
    partOf(context.root, '#oura-confirm-slug').textContent = context.node.slug ?? '';
    const live = (): void => {
      if (!this.#looking && !partOf(context.root, '.oura-panel[data-step=account]').hidden) this.#look();
    };
    RED.comms.subscribe(LIVE_TOPIC, live);
    context.closing.addEventListener('abort', () => {
      RED.comms.unsubscribe(LIVE_TOPIC, live);
    });
  }

  shown(): void {
    this.#look();
  }

  answer(): Promise<boolean> {
    return Promise.resolve(true);
  }

  /** Reads the state again; what another look is under way for is not asked twice. */
  #look(): void {
    this.#looking = true;
    const { ask, report, closing } = this.#context;
    ask<Overview>('overview')
      .then((overview) => {
        if (!closing.aborted) this.#show(overview);
      })
      .catch((error: unknown) => {
        if (!closing.aborted) report(error);
      })
      .finally(() => {
        this.#looking = false;
      });
  }

  #show(overview: Overview): void {
    const { root, t, fields } = this.#context;
    const signsIn = fields.get('mode') === 'oauth2'; // an account that is not deployed has no mode at the server
    this.#overview = overview;
    this.#tell(overviewElements(overview, t));
    partOf(root, '#oura-confirm-slug').textContent = overview.slug;
    partOf(root, '#oura-erase-after').textContent = t(`oura-account.erase.${AFTER_ERASE[overview.mode] ?? 'after'}`);
    partOf(root, '#oura-again').hidden = !signsIn;
    partOf(root, '#oura-sign-out').hidden = !signsIn || !overview.signedIn;
    for (const selector of ['#oura-refresh-now', '#oura-debug', '#oura-export-now', '#oura-diagnostics', '#oura-erasing'])
      partOf(root, selector).hidden = !overview.deployed;
    partOf(root, '#oura-debug > span').textContent = t(`oura-account.button.${overview.debugUntil === null ? 'debug' : 'debugOff'}`);
  }

  /** Only what is new: a screen reader reads it out. */
  #tell(told: readonly HTMLElement[]): void {
    const place = partOf(this.#context.root, '#oura-state');
    if (place.textContent !== told.map(({ textContent }) => textContent).join('')) place.replaceChildren(...told);
  }

  #buttons(): void {
    const { root, ask, open, say, t } = this.#context;
    partOf(root, '#oura-again').addEventListener('click', () => {
      open('authorise');
    });
    partOf(root, '#oura-everything').addEventListener('click', () => {
      RED.sidebar.show(SIDEBAR);
    });
    this.#button('#oura-refresh-now', async () => {
      const { failed } = await ask<RefreshAnswer>('refresh', {});
      if (failed === 0) return t('oura-account.outcome.refresh');
      say(t('oura-account.outcome.refreshFailed', { failed }));
      return null;
    });
    this.#button('#oura-diagnostics', async () => {
      downloadJson(`oura-diagnostics-${this.#overview?.slug ?? this.#context.node.id}.json`, await ask<unknown>('diagnostics'));
      return t('oura-account.outcome.diagnostics');
    });
    this.#button('#oura-debug', async () => {
      const request: DebugRequest = { on: this.#overview?.debugUntil === null };
      await ask('debug', request);
      return t(`oura-account.outcome.${request.on ? 'debug' : 'debugOff'}`);
    });
    this.#button('#oura-export-now', async () => {
      const { file, documents, rows, bytes } = await ask<ExportAnswer>('export', {});
      return t('oura-account.outcome.export', { file, documents, rows, kilobytes: Math.ceil(bytes / 1024) });
    });
    this.#button('#oura-sign-out', async () => {
      await ask('sign-out', {});
      return t('oura-account.outcome.signOut');
    });
    this.#button('#oura-erase-now', () => this.#erase());
  }

  async #erase(): Promise<string> {
    const { root, ask, t } = this.#context;
    const typed = partOf(root, '#oura-confirm', HTMLInputElement);
    const request: EraseRequest = { confirm: typed.value.trim() };
    await ask('erase', request);
    typed.value = '';
    return t('oura-account.outcome.erase');
  }

  /** @param task does it and returns what came of it; null = it was said already */
  #button(selector: string, task: () => Promise<string | null>): void {
    const { root, run } = this.#context;
    const button = partOf(root, selector);
    button.addEventListener('click', () => {
      run(button, async () => {
        const outcome = partOf(root, '#oura-outcome');
        outcome.replaceChildren();
        const text = await task();
        if (text !== null) outcome.replaceChildren(element('i', { class: 'fa fa-check', 'aria-hidden': 'true' }), ` ${text}`);
        this.#look();
      });
    });
  }
}
