import type { AddressStep, AddressVerdict, WebhookAddressAnswer, WebhookAddressRequest } from '../../lib/accounts/webhook-wire';
import { element } from '../support/element';
import { pause } from '../support/pause';
import { Refused } from '../support/refused';
import { Unanswered } from '../support/unanswered';
import type { Context } from './context';
import { partOf } from './part-of';

/** So that not every key pressed asks the server. */
const TYPING_MS = 300;
const ICONS: Readonly<Record<AddressStep['level'], string>> = {
  ok: 'fa-check-circle',
  notice: 'fa-exclamation-circle',
  problem: 'fa-times-circle',
};

/** The public address of webhooks: what Oura will call, and what a stranger gets there. */
export class WebhookSection {
  readonly #context: Context;
  #typing = new AbortController();

  constructor(context: Context) {
    this.#context = context;
    const { root, fields, run } = context;
    const check = partOf(root, '#oura-check-address');
    check.addEventListener('click', () => {
      run(check, () => this.#check());
    });
    for (const name of ['webhookUrl', 'clientId', 'clientSecret'] as const)
      fields.input(name).addEventListener('input', () => {
        this.#forget();
        void this.#complete(TYPING_MS);
      });
  }

  /** An account that has webhooks shows them at once. */
  shown(): void {
    const { root, fields } = this.#context;
    if (fields.get('webhookUrl') !== '') partOf(root, '#oura-webhooks', HTMLDetailsElement).open = true;
    void this.#complete(0);
  }

  /** Shows what the typed address is completed to; what the server does not tell is not shown. */
  async #complete(afterMs: number): Promise<void> {
    this.#typing.abort();
    this.#typing = new AbortController();
    const signal = AbortSignal.any([this.#typing.signal, this.#context.closing]);
    const isOver = (): boolean => signal.aborted;
    await pause(afterMs, signal);
    if (isOver()) return;
    const text = await this.#completed();
    if (!isOver()) partOf(this.#context.root, '#oura-callback').replaceChildren(...text);
  }

  async #completed(): Promise<readonly (string | Node)[]> {
    const { t, fields, ask, values } = this.#context;
    if (fields.get('webhookUrl') === '') return [];
    if (fields.get('clientId') === '') return [t('oura-account.webhooks.noApplication')];
    try {
      const request: WebhookAddressRequest = { values: values() };
      const { callbackUrl } = await ask<WebhookAddressAnswer>('webhook-address', request);
      if (callbackUrl === null) return [t('oura-account.webhooks.noAddress')];
      return [`${t('oura-account.webhooks.calls')} `, element('code', {}, callbackUrl)];
    } catch (error) {
      if (error instanceof Refused || error instanceof Unanswered) return []; // said when the step is left, or by the check
      throw error;
    }
  }

  async #check(): Promise<void> {
    const { root, t, fields, ask, values, say } = this.#context;
    this.#forget();
    if (fields.get('webhookUrl') === '') {
      say(t('oura-account.webhooks.first'));
      fields.focus('webhookUrl');
      return;
    }
    const state = partOf(root, '#oura-address-state');
    state.dataset['tone'] = 'plain';
    state.replaceChildren(icon('fa-refresh fa-spin'), ` ${t('oura-account.webhooks.checking')}`);
    try {
      const request: WebhookAddressRequest = { values: values() };
      this.#show(await ask<AddressVerdict>('check-address', request));
    } catch (error) {
      state.replaceChildren();
      throw error;
    }
  }

  #show({ works, callbackUrl, steps }: AddressVerdict): void {
    const { root, t } = this.#context;
    const isFine = steps.every(({ level }) => level === 'ok');
    const [summary, tone] = works
      ? isFine
        ? (['works', 'good'] as const)
        : (['worksNearly', 'plain'] as const)
      : (['fails', 'bad'] as const);
    const called =
      callbackUrl === null ? [] : [element('p', { class: 'oura-hint' }, t('oura-account.webhooks.called', { address: callbackUrl }))];
    const state = partOf(root, '#oura-address-state');
    state.dataset['tone'] = tone;
    state.replaceChildren(element('p', {}, t(`oura-account.webhooks.${summary}`)), ...called);
    partOf(root, '#oura-verdict').replaceChildren(...steps.map((step) => this.#step(step)));
  }

  #step({ step, level, found }: AddressStep): HTMLElement {
    const { t } = this.#context;
    const word = element('span', { class: 'oura-hidden' }, `${t(`oura-account.level.${level}`)}: `);
    const item = element('li', { class: `oura-${level}`, 'data-step': step, 'data-level': level }, icon(ICONS[level]));
    if (found === null) item.append(element('div', {}, word, t(`address.step.${step}`)));
    else {
      const remedy = element('p', { class: 'oura-hint' }, t(`address.remedy.${found.code}`, found.params));
      item.append(element('div', {}, word, element('b', {}, t(`address.found.${found.code}`, found.params)), remedy));
    }
    return item;
  }

  /** What was found is not true of another address. */
  #forget(): void {
    for (const selector of ['#oura-address-state', '#oura-verdict']) partOf(this.#context.root, selector).replaceChildren();
  }
}

function icon(name: string): HTMLElement {
  return element('i', { class: `fa ${name}`, 'aria-hidden': 'true' });
}
