import type { DialogField } from '../../../lib/accounts/wire';
import type { Step } from '../../../editor/account/steps-of';
import type { Locator, Page } from 'playwright-core';
import type { Editor } from './editor';
import { ACCOUNT_TYPE } from './rig';

const SOURCE = 'oura-sleep';

/** The dialog of an account, and what a person does in it. */
export class AccountDialog {
  readonly editor: Editor;
  readonly page: Page;

  constructor(editor: Editor) {
    this.editor = editor;
    this.page = editor.page;
  }

  field(name: DialogField): string {
    return `#node-config-input-${name}`;
  }

  /** Opens the dialog of a new account by the "+" of a source. */
  async add(): Promise<void> {
    await this.editor.edit(SOURCE);
    await this.page.click('#node-input-btn-account-add');
    await this.page.locator(this.field('mode')).waitFor();
    await this.editor.until('isDialogAtRest');
  }

  /** The steps that can be opened now, in order. */
  openSteps(): Promise<readonly Step[]> {
    return this.editor.ask('openSteps');
  }

  current(): Promise<Step> {
    return this.editor.ask('currentStep');
  }

  /** Opens a step by its button. */
  async goTo(step: Step): Promise<void> {
    await this.page.click(`.oura-step[data-step=${step}]`);
    await this.shown(step);
  }

  /** Waits until a step is open. */
  async shown(step: Step): Promise<void> {
    await this.page.locator(`.oura-panel[data-step=${step}]`).waitFor();
  }

  /** Presses Next. Resolves when the next step is open. */
  async next(step: Step): Promise<void> {
    await this.page.click('#oura-next');
    await this.shown(step);
  }

  /** Presses Next where the server refuses something. @returns what is said about a field, or about the step when the field is null */
  async refused(field: DialogField | null): Promise<string> {
    await this.page.click('#oura-next');
    return this.told(field);
  }

  /** Waits for what is said about a field, or about the step when the field is null. */
  async told(field: DialogField | null): Promise<string> {
    const place = field === null ? this.page.locator('#oura-messages .oura-message') : this.page.locator(`#oura-error-${field}`);
    await place.first().waitFor();
    const words = await place.allInnerTexts();
    return words.join('\n').trim();
  }

  async fill(values: Readonly<Partial<Record<DialogField, string>>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      const field = this.page.locator(this.field(name as DialogField)); // the keys of the parameter
      const closed = this.page.locator('details:not([open]) > summary:visible').filter({ hasText: 'Advanced' });
      if (!(await field.isVisible()) && (await closed.isVisible())) await closed.click();
      if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(value);
      else await field.fill(value);
    }
  }

  /** Cancels the dialog of a new account, and that of the source. */
  async cancel(): Promise<void> {
    await this.page.click('#node-config-dialog-cancel');
    await this.page.locator('#node-dialog-ok').waitFor();
    await this.editor.leave();
  }

  box(family: string, use: 'store' | 'publish' | 'ai'): Locator {
    return this.page.locator(`#oura-use-${family}-${use}`);
  }

  /** Saves the new account, and the source that it was made for. @returns its id */
  async save(): Promise<string> {
    const before = new Set(await this.editor.ask<string[]>('idsOf', ACCOUNT_TYPE));
    await this.page.click('#node-config-dialog-ok');
    await this.page.locator('#node-dialog-ok').waitFor();
    await this.editor.leave('save');
    const [id, ...others] = (await this.editor.ask<string[]>('idsOf', ACCOUNT_TYPE)).filter((one) => !before.has(one));
    if (id === undefined || others.length > 0) throw new Error(`${others.length + Number(id !== undefined)} accounts were added`);
    return id;
  }
}
