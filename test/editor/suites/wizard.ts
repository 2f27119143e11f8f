import assert from 'node:assert/strict';
import type { Locator, Page, Route } from 'playwright-core';
import { LOCAL_ADDRESS } from '../../../editor/account/redirect-address';
import type { Overview, Progress } from '../../../lib/accounts/wire';
import type { SimulatorServer } from '../../../lib/simulator/server/simulator-server';
import { AccountDialog } from '../support/account-dialog';
import { Editor } from '../support/editor';
import { ACCOUNT_TYPE, type Rig } from '../support/rig';
import { CLIENT, startStandIn, TOKEN } from '../support/stand-in';
import { withEditor } from '../support/with-editor';

const NOBODY = 'http://127.0.0.1:9'; // nobody answers there
const NOT_HERE = 'http://127.0.0.1:9/oura/oauth/callback';

interface FlowNode {
  readonly id: string;
  readonly mode?: string;
  readonly slug?: string;
  readonly redirectUri?: string;
  readonly apiBase?: string;
  readonly families?: Readonly<Record<string, readonly string[]>>;
}

/** The set-up of a new account, walked in every mode against a stand-in of Oura, and what may go wrong on the way. */
export function describeWizard(rig: Rig): void {
  describe('the set-up', () => {
    let cloud: SimulatorServer;
    before(async () => {
      cloud = await startStandIn();
    });
    after(async () => {
      await cloud.close();
    });
    const opened = withEditor(rig);
    let editor: Editor;
    let dialog: AccountDialog;
    let page: Page;
    before(() => {
      editor = opened();
      dialog = new AccountDialog(editor);
      ({ page } = editor);
    });
    afterEach(() => {
      cloud.control.clearFaults();
      cloud.control.setConsent({ denied: false, scopes: null });
    });

    const state = (words: RegExp): Promise<void> => page.locator('#oura-sign-in-state', { hasText: words }).waitFor();
    const testState = (words: RegExp): Promise<void> => page.locator('#oura-test-state', { hasText: words }).waitFor();
    const overview = (id: string): Promise<Overview> => rig.nodeRed.admin('GET', `/oura/account/${id}/overview`) as Promise<Overview>; // the contract
    const progress = (id: string): Promise<Progress> => rig.nodeRed.admin('GET', `/oura/account/${id}/progress`) as Promise<Progress>; // the contract
    const addButton = (): Locator => page.locator('#node-config-dialog-ok');

    async function toApplication(name: string): Promise<void> {
      await dialog.add();
      await dialog.fill({ name, mode: 'oauth2' });
      await dialog.next('application');
      await page.locator(dialog.field('redirectUri')).waitFor();
      await dialog.fill({ ...CLIENT, apiBase: cloud.url });
    }

    async function toAuthorise(name: string): Promise<void> {
      await toApplication(name);
      await dialog.next('authorise');
    }

    /** Presses the button and waits for the window. */
    async function openWindow(): Promise<Page> {
      const [popup] = await Promise.all([page.waitForEvent('popup'), page.click('#oura-sign-in')]);
      return popup;
    }

    /** Holds the next answer to an action back. `answered`: the server has given it. */
    async function holdBack(action: string): Promise<{ readonly answered: Promise<unknown>; readonly letGo: () => void }> {
      const [answered, going] = [Promise.withResolvers<null>(), Promise.withResolvers<null>()];
      const hold = async (route: Route): Promise<void> => {
        const response = await route.fetch();
        answered.resolve(null);
        await going.promise;
        await route.fulfill({ response });
      };
      await page.route(new RegExp(`/oura/account/\\w+/${action}(?:[?]|$)`), hold, { times: 1 });
      return {
        answered: answered.promise,
        letGo: () => {
          going.resolve(null);
        },
      };
    }

    it('signs in by a window, tests, and is there after the Deploy', async () => {
      await toAuthorise('Wanda');
      assert.ok(await addButton().isDisabled());
      const popup = await openWindow();
      await state(/Signed in\./);
      assert.ok(popup.isClosed());
      await dialog.next('test');
      await testState(/Person [0-9a-f]{12}, new here/);
      await testState(/19 of 19 families can be read/);
      await dialog.next('keep');
      assert.ok(await addButton().isDisabled());
      await dialog.next('done');
      const id = await dialog.save();
      await editor.deploy();
      await rig.nodeRed.until('the account to be connected', async () => (await overview(id)).state.kind === 'connected');
      assert.equal((await overview(id)).signedIn, true);
      const flows = (await rig.nodeRed.admin('GET', '/flows')) as FlowNode[]; // Node-RED's format
      const { mode, slug, redirectUri, apiBase, families } = flows.find((node) => node.id === id) ?? {};
      assert.deepEqual(
        { mode, slug, redirectUri, apiBase },
        { mode: 'oauth2', slug: 'wanda', redirectUri: `${rig.nodeRed.url}/oura/oauth/callback`, apiBase: cloud.url },
      );
      assert.deepEqual(families?.['heartrate'], []);
      assert.ok(!JSON.stringify(flows).includes(CLIENT.clientSecret));
    });

    it('says that the person is there already when it is set up once more', async () => {
      await toAuthorise('Wanda too');
      await openWindow();
      await state(/Signed in\./);
      await dialog.next('test');
      await testState(/also of Wanda/);
      await dialog.cancel();
    });

    it('takes the address a person was sent to, when that leads nowhere', async () => {
      await toApplication('Paula');
      await dialog.fill({ redirectUri: NOT_HERE });
      await page.locator('#oura-redirect-notes', { hasText: 'paste its address' }).waitFor();
      await dialog.next('authorise');
      const popup = await openWindow();
      const address = (await popup.waitForEvent('requestfailed')).url();
      await page.click('#oura-paste');
      assert.match(await dialog.told(null), /Not an answer of Oura/);
      await page.fill('#oura-address', address);
      await page.press('#oura-address', 'Enter');
      await state(/Signed in\./);
      await popup.close();
      await dialog.next('test');
      await testState(/19 of 19/);
      await dialog.cancel();
    });

    it('marks a secret that Oura does not know, and goes on when it is mended', async () => {
      await toApplication('Sven');
      await dialog.fill({ clientSecret: 'wrong' });
      assert.match(await dialog.refused('clientSecret'), /Client id or secret is wrong/);
      const secret = page.locator(dialog.field('clientSecret'));
      assert.equal(await secret.getAttribute('aria-invalid'), 'true');
      assert.equal(await secret.getAttribute('aria-describedby'), 'oura-error-clientSecret');
      assert.equal(await editor.ask<string>('activeField'), dialog.field('clientSecret').slice(1));
      assert.equal(await dialog.current(), 'application');
      await dialog.fill({ clientSecret: CLIENT.clientSecret });
      assert.equal(await secret.getAttribute('aria-invalid'), null);
      await dialog.next('authorise');
      assert.equal(editor.expectRefusals(), 2);
      await dialog.cancel();
    });

    it('names every field that is missing, the first of them with the focus', async () => {
      await dialog.add();
      await dialog.next('application');
      assert.match(await dialog.refused('clientId'), /Missing/);
      assert.match(await dialog.told('clientSecret'), /Missing/);
      assert.equal(await editor.ask<string>('activeField'), dialog.field('clientId').slice(1));
      assert.equal(editor.expectRefusals(), 2);
      await dialog.cancel();
    });

    it('copies the redirect address, also where a page has no clipboard', async () => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await toApplication('Kopi');
      const copied = async (redirectUri: string): Promise<string> => {
        await dialog.fill({ redirectUri, clientId: '' });
        await page.click('#oura-copy');
        await page.locator('#oura-copy', { hasText: 'Copied' }).waitFor();
        await page.press(dialog.field('clientId'), 'Control+V');
        return page.inputValue(dialog.field('clientId'));
      };
      assert.equal(await copied('https://one.example/oura/oauth/callback'), 'https://one.example/oura/oauth/callback');
      // As on plain http.
      await page.evaluate(`Object.defineProperty(window, 'isSecureContext', { value: false, configurable: true });
        Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })`);
      assert.equal(await copied('https://two.example/oura/oauth/callback'), 'https://two.example/oura/oauth/callback');
      await dialog.cancel();
      await page.evaluate('delete window.isSecureContext; delete navigator.clipboard');
    });

    it('offers localhost where Oura may refuse the address', async () => {
      await toApplication('Nasrin');
      await dialog.fill({ redirectUri: 'http://nas.lan:1880/oura/oauth/callback' });
      await page.getByRole('button', { name: 'Use localhost and paste' }).click();
      assert.equal(await page.inputValue(dialog.field('redirectUri')), 'http://localhost:1880/oura/oauth/callback');
      await page.locator('#oura-redirect-notes', { hasText: 'paste its address' }).waitFor();
      await dialog.cancel();
    });

    it('says so when Oura cannot be reached', async () => {
      await toApplication('Ulla');
      await dialog.fill({ apiBase: NOBODY });
      assert.match(await dialog.refused(null), /127\.0\.0\.1.* cannot be reached/);
      assert.equal(await dialog.current(), 'application');
      assert.equal(editor.expectRefusals(), 2);
      await dialog.cancel();
    });

    it('says so when the access was not allowed, and signs in when it is repeated', async () => {
      cloud.control.setConsent({ denied: true });
      await toAuthorise('Dora');
      await openWindow();
      await state(/Access was not allowed/);
      await page.click('#oura-next');
      assert.match(await dialog.told(null), /not signed in yet/);
      assert.equal(await dialog.current(), 'authorise');
      cloud.control.setConsent({ denied: false });
      await openWindow();
      await state(/Signed in\./);
      await dialog.cancel();
    });

    it('notices that the window was closed, stops waiting, and begins anew', async () => {
      cloud.control.fail({ match: { path: '/oauth/authorize' }, hang: true });
      await toAuthorise('Clara');
      const popup = await openWindow();
      await popup.close();
      await state(/seems to be closed/);
      await page.click('#oura-sign-in-cancel');
      await state(/Not signed in yet/);
      cloud.control.clearFaults();
      await openWindow();
      await state(/Signed in\./);
      await dialog.cancel();
    });

    it('goes on with a sign-in when it learns late that there was none before', async () => {
      await toApplication('Clio');
      const held = await holdBack('progress');
      await dialog.next('authorise');
      await held.answered;
      await openWindow();
      held.letGo();
      await state(/Signed in\./);
      await dialog.cancel();
    });

    it('signs in when the answer to stopping the try before comes late', async () => {
      cloud.control.fail({ match: { path: '/oauth/authorize' }, hang: true });
      await toAuthorise('Cleo');
      const popup = await openWindow();
      await state(/Waiting/);
      const held = await holdBack('cancel');
      await page.click('#oura-sign-in-cancel');
      await held.answered;
      await popup.close();
      cloud.control.clearFaults();
      await openWindow();
      held.letGo();
      await state(/Signed in\./);
      await dialog.cancel();
    });

    it('shows a link when the browser blocks the window', async () => {
      await toAuthorise('Bela');
      await page.evaluate('window.openBefore = window.open; window.open = () => null');
      await page.click('#oura-sign-in');
      const link = page.locator('#oura-sign-in-link', { hasText: 'blocked' });
      const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
      await state(/Signed in\./);
      await tab.close(); // the editor is in front again
      await dialog.cancel();
      await page.evaluate('window.open = window.openBefore');
    });

    it('forgets a sign-in when the dialog is cancelled', async () => {
      await toAuthorise('Vera');
      const [request] = await Promise.all([page.waitForRequest(/\/start$/), openWindow()]);
      const id = /account\/(\w+)\/start/.exec(request.url())?.[1] ?? '';
      await state(/Signed in\./);
      assert.equal((await progress(id)).phase, 'signed_in');
      await dialog.cancel();
      await rig.nodeRed.until('the sign-in to end', async () => (await progress(id)).phase === 'none');
    });

    it('shows what was not allowed, and what that costs', async () => {
      cloud.control.setConsent({ scopes: ['personal', 'daily'] });
      await toAuthorise('Greta');
      await openWindow();
      await state(/Signed in\./);
      await dialog.next('test');
      await page.locator('#oura-test .oura-chip', { hasText: 'heart rate – missing' }).waitFor();
      await page.locator('#oura-test tr', { hasText: 'workout' }).filter({ hasText: 'Missing permission workout' }).waitFor();
      await dialog.next('keep');
      await dialog.cancel();
    });

    it('shows a try that failed beside the sign-in that is still there, and goes on with that', async () => {
      await toApplication('Stella');
      const failed = { phase: 'failed', error: { code: 'consent_denied', params: {} }, scopes: null, signedIn: true };
      await page.route(/\/progress(?:[?]|$)/, (route) => route.fulfill({ json: failed }));
      await dialog.next('authorise');
      await state(/That did not work\. Access was not allowed.*You are still signed in/);
      await page.locator('#oura-sign-in', { hasText: 'Sign in again' }).waitFor();
      await dialog.next('test');
      await page.unroute(/\/progress(?:[?]|$)/);
      assert.match(await dialog.told(null), /Sign in/); // there is none in truth
      assert.equal(editor.expectRefusals(), 2);
      await dialog.cancel();
    });

    it('proposes localhost where Node-RED has no https, and the address of Node-RED itself as a click', async () => {
      const url = rig.nodeRed.url.replace('127.0.0.1', 'nas.localhost'); // leads here in a browser, like a name of the home network
      const elsewhere = await Editor.open(rig.browser, url);
      const there = new AccountDialog(elsewhere);
      const notes = elsewhere.page.locator('#oura-redirect-notes');
      const address = elsewhere.page.locator(there.field('redirectUri'));
      await there.add();
      await there.next('application');
      await notes.filter({ hasText: 'paste its address' }).waitFor();
      assert.equal(await address.inputValue(), LOCAL_ADDRESS);
      await notes.getByRole('button', { name: 'Use this address instead' }).click();
      assert.equal(await address.inputValue(), `${url}/oura/oauth/callback`);
      await notes.filter({ hasText: 'Oura may refuse' }).waitFor();
      await notes.getByRole('button', { name: 'Use localhost and paste' }).click();
      assert.equal(await address.inputValue(), LOCAL_ADDRESS);
      assert.deepEqual(elsewhere.faults, []);
      await elsewhere.close();
    });

    it('says in the first step that nobody can sign in within a subflow, and what to do', async () => {
      const account = { id: 'b1b2c3d4e5f60718', type: ACCOUNT_TYPE, z: 'b0b2c3d4e5f60718', name: 'Sub', mode: 'oauth2', version: 2 };
      const before = await editor.ask<string[]>('idsOf', ACCOUNT_TYPE);
      await editor.import(JSON.stringify([{ id: account.z, type: 'subflow', name: 'Ring', in: [], out: [] }, account]));
      const [id = ''] = (await editor.ask<string[]>('idsOf', ACCOUNT_TYPE)).filter((one) => !before.includes(one));
      await editor.edit(id);
      await dialog.goTo('who');
      await page.locator('#oura-subflow', { hasText: 'belongs to a subflow' }).waitFor();
      assert.match(await dialog.refused(null), /First choose “On all flows”/);
      assert.equal(await dialog.current(), 'who');
      await page.selectOption('#red-ui-editor-config-scope', '');
      await page.locator('#oura-subflow').waitFor({ state: 'hidden' });
      await dialog.next('application');
      await editor.leave();
      await editor.reload();
    });

    it('lets a person sign in later, and says that it is still to be done', async () => {
      await toAuthorise('Lena');
      await page.click('#oura-later');
      await dialog.shown('keep');
      await dialog.next('done');
      await page.locator('#oura-done', { hasText: 'Nobody has signed in' }).waitFor();
      await dialog.save();
    });

    it('takes what the environment holds, and says which fields came from there', async () => {
      await dialog.add();
      await dialog.next('application');
      for (const variable of ['OURA_CLIENT_ID', 'OURA_CLIENT_SECRET'])
        await page.getByRole('button', { name: `Take it from ${variable}` }).click();
      assert.equal(await page.inputValue(dialog.field('clientId')), '${OURA_CLIENT_ID}');
      await dialog.fill({ apiBase: cloud.url });
      await dialog.next('authorise');
      await page.click('#oura-back');
      for (const field of ['clientId', 'clientSecret'])
        await page.locator(`#oura-environment-${field}`, { hasText: 'from the environment' }).waitFor();
      await dialog.fill({ clientId: '${NOT_THERE}' });
      assert.match(await dialog.refused('clientId'), /NOT_THERE is not set/);
      assert.equal(await page.locator('#oura-environment-clientId').count(), 0);
      assert.equal(editor.expectRefusals(), 2);
      await dialog.cancel();
    });

    it('does not mind what was typed for another kind of data', async () => {
      await dialog.add();
      await dialog.next('application');
      await dialog.fill({ clientId: '${NOT_THERE}' });
      await page.click('#oura-back');
      await dialog.fill({ mode: 'demo' });
      await dialog.next('keep');
      await dialog.cancel();
    });

    it('asks for what was changed once more before the account can be added', async () => {
      await toAuthorise('Nina');
      await openWindow();
      await state(/Signed in\./);
      await dialog.next('test');
      await testState(/19 of 19/);
      await dialog.next('keep');
      await dialog.next('done');
      assert.ok(await addButton().isEnabled());
      await dialog.goTo('application');
      await dialog.fill({ clientSecret: 'another' });
      assert.ok(await addButton().isDisabled());
      assert.deepEqual(await dialog.openSteps(), ['who', 'application']);
      await dialog.cancel();
    });

    it('cannot be left half-way by the keys of Node-RED or a click beside it', async () => {
      await dialog.add();
      await dialog.fill({ name: 'Half', mode: 'demo' });
      const accounts = await editor.ask<string[]>('idsOf', 'oura-account');
      await page.press(dialog.field('name'), 'Control+Enter');
      await page.mouse.click(300, 400);
      assert.equal(await dialog.current(), 'who');
      assert.deepEqual(await editor.ask<string[]>('idsOf', 'oura-account'), accounts);
      await dialog.cancel();
    });

    it('works with a personal access token, and says that it is deprecated', async () => {
      await dialog.add();
      await dialog.fill({ name: 'Toni', mode: 'token' });
      await page.locator('.form-tips:visible', { hasText: 'deprecated' }).waitFor();
      await dialog.next('token');
      assert.match(await dialog.refused('accessToken'), /Missing/);
      await dialog.fill({ accessToken: 'not a token', apiBase: cloud.url });
      assert.match(await dialog.refused('accessToken'), /malformed/);
      await dialog.fill({ accessToken: 'unknown-token' });
      await dialog.next('test');
      assert.match(await dialog.told(null), /refused the access token/);
      assert.match(await dialog.refused(null), /refused the access token/);
      assert.equal(await dialog.current(), 'test');
      await page.click('#oura-back');
      await dialog.fill({ accessToken: TOKEN });
      await dialog.next('test');
      await testState(/19 of 19/);
      await dialog.next('keep');
      await dialog.next('done');
      assert.equal(editor.expectRefusals(), 8);
      const id = await dialog.save();
      await editor.deploy();
      await rig.nodeRed.until('the account to be connected', async () => (await overview(id)).state.kind === 'connected');
    });

    for (const mode of ['demo', 'sandbox']) {
      it(`needs three steps for ${mode}`, async () => {
        await dialog.add();
        await dialog.fill({ name: `My ${mode}`, mode });
        if (mode === 'sandbox') await dialog.fill({ apiBase: cloud.url });
        await dialog.next('keep');
        await dialog.next('done');
        assert.ok(!(await page.locator('#oura-done').innerText()).includes('Nobody has signed in'));
        const id = await dialog.save();
        await editor.deploy();
        await rig.nodeRed.until('the account to be connected', async () => (await overview(id)).state.kind === 'connected');
      });
    }

    it('marks what cannot be kept that way', async () => {
      await dialog.add();
      await dialog.fill({ mode: 'demo' });
      await dialog.next('keep');
      await dialog.fill({ interval: '0', timezone: 'Atlantis' });
      assert.match(await dialog.refused('interval'), /Not valid/);
      assert.match(await dialog.told('timezone'), /Not valid/);
      await dialog.fill({ interval: '5', timezone: '' });
      await page.click('#oura-retention > summary');
      await page.fill('#oura-days-sleep', 'a week');
      assert.match(await dialog.refused('retentionDays'), /Not valid/);
      assert.equal(await editor.ask<string>('activeField'), 'oura-days-sleep');
      await page.fill('#oura-days-sleep', '7');
      await dialog.next('done');
      assert.equal(editor.expectRefusals(), 4);
      await dialog.cancel();
    });

    it('says what to do when Node-RED cannot be reached', async () => {
      await dialog.add();
      assert.deepEqual(editor.faults, []);
      await page.route(/\/check$/, (route) => route.abort());
      assert.match(await dialog.refused(null), /Node-RED cannot be reached/);
      await page.unroute(/\/check$/);
      await dialog.next('application');
      assert.equal(editor.faults.splice(0).length, 1); // what the browser says of it
      await dialog.cancel();
    });

    it('does all that without an error', () => {
      assert.deepEqual(editor.faults, []);
    });
  });
}
