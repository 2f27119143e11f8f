import type { Browser, Locator, Page } from 'playwright-core';
import path from 'node:path';

/** A loaded machine is slow, not wrong. */
const PATIENCE_MS = 60_000;
/** Node-RED catches what a definition throws and tells only the console, by `log`. A type of another package need not be there. */
const SWALLOWED = /^(?:oneditprepare|oneditsave|oneditcancel|oneditdelete|oneditresize|Unknown type(?!: server$)|Error|\[.*\] .*Error)/;

export interface Text {
  readonly text: string;
  /** WCAG 2.2, 1 to 21. */
  readonly contrast: number;
}

export interface Field {
  readonly id: string;
  readonly shown: boolean;
  /** The words of all its labels. */
  readonly label: string;
}

/** An open dialog as a person meets it. */
export interface Dialog {
  readonly fields: readonly Field[];
  readonly texts: readonly Text[];
  readonly placeholders: readonly Text[];
  readonly choices: readonly string[];
  /** Keys of texts that are shown as nothing. */
  readonly empty: readonly string[];
  /** Things that cover each other. */
  readonly overlaps: readonly string[];
  /** Labels that do not fit into their line, fields that cannot show their placeholder or a choice. */
  readonly broken: readonly string[];
  /** Fields that a person cannot get at, and why. */
  readonly unreachable: readonly string[];
}

export interface PaletteEntry {
  readonly type: string;
  readonly label: string;
  readonly lines: readonly string[];
  readonly contrast: number;
  readonly icon: string;
}

export interface Definition {
  readonly properties: readonly string[];
  readonly texts: readonly string[];
}

export interface OpenOptions {
  readonly dark?: boolean;
  readonly login?: { readonly user: string; readonly password: string };
}

/** Node-RED's editor in a page of a browser, and what a person does and sees there. */
export class Editor {
  readonly page: Page;
  /** Whatever went wrong so far: errors and warnings of the console, exceptions that Node-RED swallows, requests that failed. */
  readonly faults: string[] = [];

  private constructor(page: Page, url: string) {
    this.page = page;
    page.on('console', (message) => {
      const isFault = ['error', 'warning', 'assert'].includes(message.type()) || SWALLOWED.test(message.text());
      if (isFault) this.faults.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.faults.push(error.stack ?? error.message));
    page.on('response', (response) => {
      if (response.status() >= 400) this.faults.push(`${response.status()} ${response.url()}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(url) && !/^(?:data|blob):|catalogue\.nodered\.org/.test(request.url()))
        this.faults.push(`a request to ${request.url()}`);
      const isOurs = request.method() === 'POST' && /\/oura\/(?:account|home)\//.test(request.url());
      if (isOurs && request.headers()['content-type'] !== 'application/json') this.faults.push(`not sent as JSON: ${request.url()}`);
    });
  }

  /** Opens the editor. Resolves when its flows are shown. */
  static async open(browser: Browser, url: string, options: OpenOptions = {}): Promise<Editor> {
    const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, locale: 'en-US' });
    await context.route(/catalogue\.nodered\.org/, (route) => route.fulfill({ json: { name: 'none', modules: [] } })); // the test stays at home
    await context.addInitScript({ path: path.join(__dirname, 'in-page.js') });
    const theme = options.dark === true ? 'dark' : 'light';
    await context.addInitScript(`localStorage.setItem('view-dark-theme', '${theme}')`);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const editor = new Editor(page, url);
    await page.goto(url);
    if (options.login !== undefined) {
      await page.fill('#node-dialog-login-username', options.login.user);
      await page.fill('#node-dialog-login-password', options.login.password);
      await page.click('#node-dialog-login-submit');
    }
    await editor.#ready();
    if (options.login !== undefined) editor.faults.splice(0); // before the login the editor is told that it needs one
    return editor;
  }

  /** Takes out the faults of requests that the server was to refuse. @returns how many they were */
  expectRefusals(): number {
    const isRefusal = (fault: string): boolean => /^(?:4\d\d|50\d) \S+\/oura\/(?:account|home)\/|status of (?:4\d\d|50\d) /.test(fault);
    const refusals = this.faults.filter(isRefusal);
    this.faults.splice(0, this.faults.length, ...this.faults.filter((fault) => !isRefusal(fault)));
    return refusals.length;
  }

  /** Drops what was not deployed. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.#ready();
  }

  /** Until its flows are shown Node-RED stumbles over messages of debug nodes, whose flows it does not know yet. */
  async #ready(): Promise<void> {
    const before = this.faults.length;
    await this.until('isReady');
    const early = this.faults.splice(before);
    this.faults.push(...early.filter((fault) => !/from RED\.comms\.subscribe|handleDebugMessage/.test(fault)));
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /** Calls one of the functions of `in-page.js`; what they return is described by whoever asks. */
  ask<T = void>(name: string, ...args: readonly (string | number)[]): Promise<T> {
    return this.page.evaluate<T>(`inPage.${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`);
  }

  /** Waits until one of the functions of `in-page.js` says true. */
  async until(name: string, ...args: readonly (string | number)[]): Promise<void> {
    await this.page.waitForFunction(`inPage.${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`);
  }

  async edit(id: string): Promise<void> {
    await this.ask('edit', id);
    await this.until('isDialogAtRest');
  }

  /** Closes the dialog with its red button, or without saving. */
  async leave(how: 'save' | 'cancel' = 'cancel'): Promise<void> {
    const name = how === 'save' ? 'ok' : 'cancel';
    await this.page.locator(`#node-dialog-${name}, #node-config-dialog-${name}`).click();
    await this.until('isDialogClosed');
  }

  /** Presses Tab until every shown field had the focus. @returns the fields that never had it */
  async neverFocused(): Promise<readonly string[]> {
    const missing = new Set(await this.ask<string[]>('shownFields'));
    missing.delete(await this.ask<string>('activeField'));
    for (let presses = missing.size + 30; presses > 0 && missing.size > 0; presses -= 1) {
      await this.page.keyboard.press('Tab');
      missing.delete(await this.ask<string>('activeField'));
    }
    return [...missing];
  }

  /** Imports a flow by the import dialog. */
  async import(flow: string): Promise<void> {
    await this.ask('invoke', 'core:show-import-dialog');
    await this.page.fill('#red-ui-clipboard-dialog-import-text', flow);
    await this.page.press('#red-ui-clipboard-dialog-import-text', 'End'); // the dialog looks at its text when a key goes up
    await this.page.click('#red-ui-clipboard-dialog-ok');
    await this.until('isDirty');
  }

  /** Presses Deploy. Resolves when the server has the flows. */
  async deploy(): Promise<void> {
    await this.page.click('#red-ui-header-button-deploy');
    await this.until('isDeployed');
  }

  /** The text that the export dialog gives to the clipboard: all flows. */
  async exported(): Promise<string> {
    await this.ask('invoke', 'core:show-export-dialog');
    await this.page.click('#red-ui-clipboard-dialog-export-rng-full');
    const text = await this.page.locator('#red-ui-clipboard-dialog-export-text').inputValue();
    await this.page.keyboard.press('Escape');
    await this.page.locator('#red-ui-clipboard-dialog-export-text').waitFor({ state: 'hidden' });
    return text;
  }

  /** Presses the button of the inject node of this name. */
  async press(name: string): Promise<void> {
    const id = await this.ask<string>('revealNamed', name);
    await this.page.locator(`[id="${id}"] .red-ui-flow-node-button-button`).click();
  }

  /** The newest message of the debug node of this name in the debug sidebar. Waits for one. */
  async debugMessage(name: string): Promise<Locator> {
    await this.ask('showSidebar', 'debug');
    const message = this.page.locator('.red-ui-debug-msg', { has: this.page.getByText(`node: ${name}`, { exact: true }) }).last();
    await message.waitFor();
    return message;
  }
}
