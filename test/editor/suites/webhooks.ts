import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { startServer, type TestServer } from '../../support/http-server';
import { AccountDialog } from '../support/account-dialog';
import { axeFaults } from '../support/axe-faults';
import type { Dialog, Editor } from '../support/editor';
import { ACCOUNT, type Rig } from '../support/rig';
import { withEditor } from '../support/with-editor';

const CLIENT = { clientId: 'my-application', clientSecret: 'my-secret' } as const;
const KEY = createHash('sha256').update(`oura-application:${CLIENT.clientId}`).digest('hex').slice(0, 16);
const READABLE = 4.5; // WCAG 2.2, AA
const PHONE = { width: 360, height: 740 };
const WIDE = { width: 1360, height: 860 };
const PAGE = '<!DOCTYPE html><html><head><title>Welcome to nginx!</title></head><body><center>nginx</center></body></html>';

/** The address of webhooks in the dialog of an account: what it is completed to, and what the check says. */
export function describeWebhooks(rig: Rig, dark: boolean): void {
  describe(`the address of webhooks${dark ? ', dark' : ''}`, () => {
    const opened = withEditor(rig, { dark });
    let editor: Editor;
    let dialog: AccountDialog;
    let page: Page;
    let proxy: TestServer;
    before(async () => {
      editor = opened();
      dialog = new AccountDialog(editor);
      ({ page } = editor);
      proxy = await startServer(() => ({ status: 200, headers: { 'content-type': 'text/html', server: 'nginx' }, body: PAGE }));
    });
    after(() => proxy.close());

    const section = (): Locator => page.locator('#oura-webhooks');
    const steps = (): Locator => page.locator('#oura-verdict > li');
    const state = (words: RegExp): Promise<void> => page.locator('#oura-address-state', { hasText: words }).waitFor();
    const called = (words: string): Promise<void> => page.locator('#oura-callback', { hasText: words }).waitFor();
    const unfold = async (): Promise<void> => {
      await dialog.goTo('keep');
      if ((await section().getAttribute('open')) === null) await section().locator('summary').click();
    };
    const begin = async (mode: string): Promise<void> => {
      await editor.edit(ACCOUNT);
      await dialog.goTo('who');
      await dialog.fill({ mode });
      if (mode !== 'oauth2') return;
      await dialog.goTo('application');
      await dialog.fill(CLIENT);
    };
    const check = async (address: string, words: RegExp): Promise<void> => {
      await dialog.fill({ webhookUrl: address });
      await page.click('#oura-check-address');
      await state(words);
    };

    it('is completed while it is typed, as Oura will call it', async () => {
      await begin('oauth2');
      await unfold();
      await dialog.fill({ webhookUrl: 'https://ring.example.org' });
      await called(`https://ring.example.org/oura/webhook/${KEY}`);
      await dialog.fill({ webhookUrl: 'https://ann:secret@ring.example.org' });
      await called('has no password in it');
      await dialog.fill({ webhookUrl: '' });
      await page.waitForFunction(() => document.querySelector('#oura-callback')?.textContent === '');
      await editor.leave();
    });

    it('is checked before the Deploy: the call arrives here', async () => {
      await begin('oauth2');
      await unfold();
      await check(rig.nodeRed.url, /It works from here/);
      assert.deepEqual(await steps().evaluateAll((items) => items.map((item) => item.getAttribute('data-level'))), [
        'ok',
        'notice',
        'notice',
        'ok',
        'ok',
        'ok',
      ]);
      await steps().last().waitFor();
      assert.deepEqual(await axeFaults(page, '.oura-wizard'), []);
      await editor.leave();
    });

    it('says what is in the way, and what to do, until another address is typed', async () => {
      await begin('oauth2');
      await unfold();
      await check(proxy.url, /cannot reach this Node-RED there yet/);
      const last = steps().last();
      await last.waitFor();
      assert.deepEqual([await last.getAttribute('data-step'), await last.getAttribute('data-level')], ['here', 'problem']);
      assert.match(await last.innerText(), /A page of nginx came back \(200\)[^]*pass \/oura\/webhook\/ on to Node-RED/);
      await page.mouse.move(0, 0); // Node-RED colours what the mouse is over
      const { texts, overlaps, broken, unreachable } = await editor.ask<Dialog>('dialog');
      assert.deepEqual(
        texts.filter(({ contrast }) => contrast < READABLE),
        [],
      );
      await page.setViewportSize(PHONE);
      await editor.ask('invoke', 'core:toggle-sidebar');
      const phone = await editor.ask<Dialog>('dialog');
      await editor.ask('invoke', 'core:toggle-sidebar');
      await page.setViewportSize(WIDE);
      assert.deepEqual([...overlaps, ...broken, ...unreachable, ...phone.overlaps, ...phone.unreachable], []);
      await dialog.fill({ webhookUrl: rig.nodeRed.url });
      assert.equal(await steps().count(), 0);
      await editor.leave();
    });

    it('is asked for when there is none', async () => {
      await begin('oauth2');
      await unfold();
      await page.click('#oura-check-address');
      assert.match(await dialog.told(null), /First enter an address/);
      assert.equal(await editor.ask<string>('activeField'), 'node-config-input-webhookUrl');
      await editor.leave();
    });

    it('asks for the application where an account has only a token', async () => {
      await begin('token');
      await unfold();
      await dialog.fill({ webhookUrl: 'https://ring.example.org' });
      await called('First enter client id');
      await dialog.fill(CLIENT);
      await called(KEY);
      await editor.leave();
    });

    it('is of no matter to a made-up person', async () => {
      await begin('demo');
      await dialog.goTo('keep');
      assert.equal(await section().isVisible(), false);
      await editor.leave();
    });

    it('is kept with the account, and shown when it is opened again', async () => {
      await begin('oauth2');
      await unfold();
      await dialog.fill({ webhookUrl: 'https://ring.example.org' });
      await editor.leave('save');
      await editor.edit(ACCOUNT);
      await dialog.goTo('keep');
      await called(`https://ring.example.org/oura/webhook/${KEY}`);
      await dialog.fill({ webhookUrl: '' });
      await dialog.goTo('who');
      await dialog.fill({ mode: 'demo' });
      await editor.leave('save');
    });

    it('does all that without an error', () => {
      assert.deepEqual(editor.faults, []);
    });
  });
}
