import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { Overview } from '../../../lib/accounts/wire';
import type { SimulatorServer } from '../../../lib/simulator/server/simulator-server';
import { AccountDialog } from '../support/account-dialog';
import type { Editor } from '../support/editor';
import type { Rig } from '../support/rig';
import { CLIENT, startStandIn } from '../support/stand-in';
import { withEditor } from '../support/with-editor';

const PERSONS = ['maria', 'another'] as const;

/** An account that is there already: what its dialog shows and does, each step after the one before. */
export function describeManage(rig: Rig): void {
  describe('an account that is signed in', () => {
    let cloud: SimulatorServer;
    let id = '';
    before(async () => {
      cloud = await startStandIn(PERSONS);
    });
    after(() => cloud.close());
    const opened = withEditor(rig);
    let editor: Editor;
    let dialog: AccountDialog;
    let page: Page;
    before(() => {
      editor = opened();
      dialog = new AccountDialog(editor);
      ({ page } = editor);
    });

    const overview = (): Promise<Overview> => rig.nodeRed.admin('GET', `/oura/account/${id}/overview`) as Promise<Overview>; // the contract
    const outcome = (words: RegExp): Promise<void> => page.locator('#oura-outcome', { hasText: words }).waitFor();
    const state = (words: RegExp): Promise<void> => page.locator('#oura-sign-in-state', { hasText: words }).waitFor();
    const signIn = (): Promise<unknown> => Promise.all([page.waitForEvent('popup'), page.click('#oura-sign-in')]);

    it('says before the Deploy that it is still to be deployed', async () => {
      await dialog.add();
      await dialog.fill({ name: 'Maria', mode: 'oauth2' });
      await dialog.next('application');
      await dialog.fill({ ...CLIENT, apiBase: cloud.url });
      await dialog.next('authorise');
      await signIn();
      await state(/Signed in\./);
      await dialog.next('test');
      await page.locator('#oura-test-state', { hasText: '19 of 19' }).waitFor();
      await dialog.next('keep');
      await dialog.next('done');
      id = await dialog.save();
      await editor.edit(id);
      await page.locator('#oura-state', { hasText: 'not been deployed yet' }).waitFor();
      await editor.leave();
    });

    it('shows its state after the Deploy, and all of its steps are open', async () => {
      await editor.deploy();
      await rig.nodeRed.until('the account to be connected', async () => (await overview()).state.kind === 'connected');
      await editor.edit(id);
      await page.locator('#oura-state', { hasText: 'connected' }).waitFor();
      const { person, requests } = await overview();
      const words = await page.locator('#oura-state').innerText();
      assert.ok(words.includes(person ?? 'nobody'));
      assert.match(words, new RegExp(`\\d+ of ${(requests?.limit ?? 0).toString()}`));
      assert.deepEqual(await dialog.openSteps(), ['account', 'who', 'application', 'authorise', 'test', 'keep', 'done']);
      await dialog.goTo('application');
      assert.equal(await page.inputValue(dialog.field('clientSecret')), '__PWRD__');
      await editor.leave();
    });

    it('goes on with the same secret when a person goes through the steps again', async () => {
      await editor.edit(id);
      await dialog.next('who');
      await dialog.next('application');
      await dialog.next('authorise');
      await state(/Signed in\./);
      await dialog.next('test');
      await page.locator('#oura-test-state', { hasText: 'the same as before' }).waitFor();
      await editor.leave();
      assert.equal((await overview()).signedIn, true);
    });

    it('asks Oura at once when that is wanted', async () => {
      await editor.edit(id);
      const before = cloud.control.requests().length;
      await page.click('#oura-refresh-now');
      await outcome(/what is new is here/);
      await rig.nodeRed.until('Oura to be asked', () => cloud.control.requests().length > before);
      await editor.leave();
    });

    it('says so when not everything could be read', async () => {
      cloud.control.fail({ match: { path: '/v2/usercollection/daily_sleep' }, status: 500 });
      await editor.edit(id);
      await page.click('#oura-refresh-now');
      assert.match(await dialog.told(null), /not all families of data could be read \(1 could not\)/);
      cloud.control.clearFaults();
      await editor.leave();
    });

    it('leads to the sidebar that checks everything', async () => {
      await editor.edit(id);
      await page.click('#oura-everything');
      await page.locator('.oura-side').waitFor();
      await editor.leave();
    });

    it('gives diagnostics that hold neither name nor secret', async () => {
      await editor.edit(id);
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('#oura-diagnostics')]);
      assert.equal(download.suggestedFilename(), 'oura-diagnostics-maria.json');
      const text = readFileSync(await download.path(), 'utf8');
      assert.ok(typeof JSON.parse(text) === 'object');
      for (const secret of ['Maria', CLIENT.clientSecret, 'access_token', PERSONS[0]]) assert.ok(!text.includes(secret), secret);
      await outcome(/diagnostics are saved/);
      await editor.leave();
    });

    it('runs the debug log for an hour, and ends it', async () => {
      await editor.edit(id);
      await page.click('#oura-debug');
      await outcome(/runs for an hour/);
      await page.locator('#oura-debug', { hasText: 'End the debug log' }).waitFor();
      assert.notEqual((await overview()).debugUntil, null);
      await page.click('#oura-debug');
      await outcome(/has ended/);
      assert.equal((await overview()).debugUntil, null);
      await editor.leave();
    });

    it('exports everything and says where it is', async () => {
      await editor.edit(id);
      await page.click('#oura-export-now');
      await outcome(/documents and \d+ rows are in .*oura\/exports\//);
      await editor.leave();
    });

    it('refuses the sign-in of another person before anything is written, and takes it when that is meant', async () => {
      const { person } = await overview();
      cloud.control.setConsent({ personId: PERSONS[1] });
      await editor.edit(id);
      await page.click('#oura-again');
      await signIn();
      await state(/Another person than before/);
      await page.locator('#oura-sign-in-cancel', { hasText: 'No, keep the person of before' }).waitFor();
      assert.equal((await overview()).person, person);
      await page.click('#oura-confirm-person');
      await state(/Signed in\./);
      await editor.leave();
      await rig.nodeRed.until('the other person', async () => ![person, null].includes((await overview()).person));
      cloud.control.setConsent({ personId: PERSONS[0] });
    });

    it('signs out', async () => {
      await editor.edit(id);
      await page.click('#oura-sign-out');
      await outcome(/Signed out/);
      await page.locator('#oura-sign-out').waitFor({ state: 'hidden' });
      assert.equal((await overview()).signedIn, false);
      await editor.leave();
    });

    it('deletes everything only when its short name is typed', async () => {
      await editor.edit(id);
      await page.click('#oura-erasing > summary');
      await page.locator('#oura-erase-after', { hasText: 'rests afterwards' }).waitFor();
      await page.fill('#oura-confirm', 'mary');
      await page.click('#oura-erase-now');
      assert.match(await dialog.told(null), /does not match/);
      assert.equal(editor.expectRefusals(), 2);
      await page.fill('#oura-confirm', await page.locator('#oura-confirm-slug').innerText());
      await page.click('#oura-erase-now');
      await outcome(/is deleted/);
      await editor.leave();
    });

    it('does all that without an error', () => {
      assert.deepEqual(editor.faults, []);
    });
  });
}
