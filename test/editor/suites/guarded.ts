import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { SimulatorServer } from '../../../lib/simulator/server/simulator-server';
import type { RealNodeRed } from '../../support/real-node-red';
import { AccountDialog } from '../support/account-dialog';
import { Editor } from '../support/editor';
import { startLinked } from '../support/linked-node-red';
import { ACCOUNT, ONE_OF_EACH, type Rig } from '../support/rig';
import { CLIENT, startStandIn, TOKEN } from '../support/stand-in';

/** bcrypt of `password`. */
const PASSWORD = '$2b$08$GRKAQs./rD1o33U63VHWHuVk3flMZp06oCY7uTBQ3Et2zwPPW7TIq';
const USERS = [
  { username: 'admin', password: PASSWORD, permissions: '*' },
  { username: 'reader', password: PASSWORD, permissions: 'read' },
];
const SETTINGS = {
  httpAdminRoot: '/admin',
  httpNodeRoot: '/endpoint',
  httpNodeAuth: { user: 'user', pass: PASSWORD },
  adminAuth: { type: 'credentials', users: USERS },
};

/** A Node-RED whose editor asks for a login and lives in a folder, and whose HTTP nodes ask for a login of their own. */
export function describeGuarded(rig: Rig): void {
  describe('behind a login', () => {
    let cloud: SimulatorServer;
    let nodeRed: RealNodeRed;
    before(async () => {
      [cloud, nodeRed] = await Promise.all([startStandIn(), startLinked(rig.module, ONE_OF_EACH, {}, SETTINGS)]);
    });
    after(async () => {
      await nodeRed.clear();
      await cloud.close();
    });

    async function as(user: string, walk: (editor: Editor, page: Page) => Promise<void>): Promise<void> {
      const url = `${nodeRed.url}${SETTINGS.httpAdminRoot}/`;
      const editor = await Editor.open(rig.browser, url, { login: { user, password: 'password' } });
      try {
        await walk(editor, editor.page);
        assert.deepEqual(editor.faults, []);
      } finally {
        await editor.close();
      }
    }

    /** Adds the account, deploys it, and sees in its dialog that it works. */
    async function connected(dialog: AccountDialog): Promise<void> {
      const { editor, page } = dialog;
      const id = await dialog.save();
      await editor.deploy();
      await editor.edit(id);
      await page.locator('#oura-state', { hasText: 'connected' }).waitFor();
      await editor.leave();
    }

    it('an account is set up by pasting the address, because the way back asks for a login', async () => {
      await as('admin', async (editor, page) => {
        const dialog = new AccountDialog(editor);
        await dialog.add();
        await dialog.fill({ name: 'Gerda' });
        await dialog.next('application');
        await page.locator('#oura-redirect-notes', { hasText: 'httpNodeAuth' }).waitFor();
        assert.equal(await page.inputValue(dialog.field('redirectUri')), `${nodeRed.url}/endpoint/oura/oauth/callback`);
        await dialog.fill({ ...CLIENT, apiBase: cloud.url });
        await dialog.next('authorise');
        const [popup] = await Promise.all([page.waitForEvent('popup'), page.click('#oura-sign-in')]);
        const { url } = await popup.waitForResponse((response) => response.status() === 401).then((response) => ({ url: response.url() }));
        await page.fill('#oura-address', url);
        await page.click('#oura-paste');
        await page.locator('#oura-sign-in-state', { hasText: 'Signed in.' }).waitFor();
        await dialog.next('test');
        await page.locator('#oura-test-state', { hasText: '19 of 19' }).waitFor();
        await dialog.next('keep');
        await dialog.next('done');
        await connected(dialog);
      });
    });

    it('an account with a personal access token is set up', async () => {
      await as('admin', async (editor, page) => {
        const dialog = new AccountDialog(editor);
        await dialog.add();
        await dialog.fill({ name: 'Toni', mode: 'token' });
        await dialog.next('token');
        await dialog.fill({ accessToken: TOKEN, apiBase: cloud.url });
        await dialog.next('test');
        await page.locator('#oura-test-state', { hasText: '19 of 19' }).waitFor();
        await dialog.next('keep');
        await dialog.next('done');
        await connected(dialog);
      });
    });

    for (const mode of ['demo', 'sandbox']) {
      it(`an account of the ${mode} is set up`, async () => {
        await as('admin', async (editor) => {
          const dialog = new AccountDialog(editor);
          await dialog.add();
          await dialog.fill({ name: `My ${mode}`, mode });
          if (mode === 'sandbox') await dialog.fill({ apiBase: cloud.url });
          await dialog.next('keep');
          await dialog.next('done');
          await connected(dialog);
        });
      });
    }

    it('who may only read sees how an account is, and is told why nothing can be changed', async () => {
      await as('reader', async (editor, page) => {
        const dialog = new AccountDialog(editor);
        await editor.edit(ACCOUNT);
        await page.locator('#oura-state', { hasText: 'Person' }).waitFor();
        await dialog.goTo('who');
        assert.match(await dialog.refused(null), /oura-account\.write/);
        assert.equal(editor.expectRefusals(), 2);
        await editor.leave();
      });
    });

    it('who is not logged in any more is told to do so again', async () => {
      await as('admin', async (editor, page) => {
        const dialog = new AccountDialog(editor);
        await dialog.add();
        const token = await page.evaluate<string>(`RED.settings.get('auth-tokens').access_token`);
        await nodeRed.admin('POST', `${SETTINGS.httpAdminRoot}/auth/revoke`, { token }, { authorization: `Bearer ${token}` });
        assert.match(await dialog.refused(null), /login to the editor has ended\. Reload this page/);
        assert.equal(editor.expectRefusals(), 2);
        await dialog.cancel();
      });
    });
  });
}
