import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { LIVE_TOPIC, type Overview } from '../../../lib/accounts/wire';
import { CHECKS } from '../../../lib/accounts/checks';
import type { RealNodeRed } from '../../support/real-node-red';
import { axeFaults } from '../support/axe-faults';
import { Editor } from '../support/editor';
import { leaveData } from '../support/leave-data';
import { startLinked } from '../support/linked-node-red';
import { ACCOUNT, ONE_OF_EACH, type Rig } from '../support/rig';

const NOTHING = [
  { id: 'tab', type: 'tab', label: 'Nothing yet' },
  { id: 'note', type: 'comment', z: 'tab', name: 'hello', x: 200, y: 100, wires: [] },
];
const SECOND = 'b1b2c3d4e5f60718';
const [BEA, CAT] = ['bbbbbbbbbbbb', 'cccccccccccc'];
const [, DEMO = {}] = ONE_OF_EACH;
/** A demo, and an account nobody has signed in to, each with a node that uses it. */
const FLOW = [
  { id: 'accounts', type: 'tab', label: 'Accounts' },
  DEMO,
  { ...DEMO, id: SECOND, name: 'Bea', slug: 'bea', mode: 'token', storage: 'disk' },
  ...[ACCOUNT, SECOND].map((account, index) => ({
    id: `status-${account}`,
    type: 'oura-status',
    z: 'accounts',
    account,
    syncs: true,
    states: true,
    problems: true,
    version: 1,
    x: 200,
    y: 160 + 60 * index,
    wires: [[]],
  })),
];

/** The tab "Oura" of the sidebar, in a Node-RED of its own. */
export function describeSidebar(rig: Rig): void {
  describe('the sidebar tab', () => {
    let nodeRed: RealNodeRed;
    let editor: Editor;
    let page: Page;
    before(async () => {
      nodeRed = await startLinked(rig.module, NOTHING);
      editor = await Editor.open(rig.browser, nodeRed.url);
      page = editor.page;
    });
    after(async () => {
      await editor.close();
      await nodeRed.clear();
    });
    const side = (): Locator => page.locator('.oura-side');
    const section = (id = ACCOUNT): Locator => side().locator(`[data-account="${id}"]`);
    const press = (name: string, within: Locator = section()): Promise<void> => within.getByRole('button', { name }).click();
    const said = (within: Locator = section()): Locator => within.locator('.oura-outcome');
    const show = async (): Promise<void> => {
      await editor.ask('invoke', 'oura:show-sidebar');
      await side().waitFor();
    };

    it('offers the set-up after the installation, once', async () => {
      const offer = page.locator('.red-ui-notification', { hasText: 'Set up an account now?' });
      await offer.waitFor();
      await offer.getByRole('button', { name: 'Later' }).click();
      await offer.waitFor({ state: 'detached' });
      await editor.reload();
      await show();
      assert.equal(await offer.count(), 0);
    });

    it('offers it as long as there is no account, and opens its dialog', async () => {
      await side().getByRole('heading', { name: 'No account yet' }).waitFor();
      assert.equal(await side().locator('[data-account]').count(), 0);
      await press('Set up', side());
      await editor.until('isDialogAtRest');
      await editor.leave();
    });

    it('shows an account that is not deployed as such, with nothing to press that cannot work', async () => {
      await editor.import(JSON.stringify(FLOW));
      await section(SECOND).getByText('has not been deployed yet').waitFor();
      assert.deepEqual(await section(SECOND).getByRole('button').allInnerTexts(), [' Open']);
      await side().getByRole('heading', { name: 'No account yet' }).waitFor({ state: 'hidden' });
    });

    it('shows how an account is as soon as it is deployed', async () => {
      await editor.deploy();
      await section().locator('.oura-state', { hasText: 'connected' }).waitFor();
      await section()
        .locator('tr[data-family=daily_sleep]', { hasText: /[A-Z][a-z]+ \d+|\d+ [A-Z][a-z]+/ })
        .waitFor();
      assert.equal(await section().locator('tr[data-family]').count(), 19);
      assert.match(await section().locator('.oura-requests p').innerText(), /^\d+ of 5000$/);
      assert.match((await section().getByRole('img').getAttribute('aria-label')) ?? '', /^Requests by hour: \d\d:00: \d+/);
      assert.match(await section().locator('.oura-what').innerText(), /demo · in memory only · next look .* · person [0-9a-f]{6}$/);
      await section(SECOND).getByText('Open the account and enter an access token.').waitFor();
    });

    it('shows what the server has done without being asked, while it is visible', async () => {
      const before = await requests(section());
      await nodeRed.admin('POST', `/oura/account/${ACCOUNT}/refresh`, {});
      await section()
        .locator('.oura-requests p', { hasNotText: new RegExp(`^${before} of`) })
        .waitFor();
    });

    it('asks for nothing while nobody can see it', async () => {
      await page.evaluate(`window.told = 0; RED.comms.subscribe('${LIVE_TOPIC}', () => { window.told += 1; })`);
      await editor.ask('showSidebar', 'info');
      await side().waitFor({ state: 'hidden' });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      const before = await page.evaluate<string>(`document.querySelector('[data-account="${ACCOUNT}"] .oura-requests p').textContent`);
      for (const times of [1, 2, 3]) {
        await nodeRed.admin('POST', `/oura/account/${ACCOUNT}/refresh`, {});
        await page.waitForFunction(`window.told >= ${times}`);
      }
      assert.deepEqual(
        asked.filter((url) => url.includes('oura/account')),
        [],
      );
      await show();
      await section().locator('.oura-requests p', { hasNotText: before }).waitFor();
    });

    it('asks Oura when it is told to', async () => {
      const before = await requests(section());
      await press('Refresh');
      await said().getByText('Oura was asked for what is new.').waitFor();
      assert.ok((await requests(section())) > before);
    });

    it('shows in a line how webhooks stand, and what to do when Oura cannot call', async () => {
      const overview = `**/oura/account/${ACCOUNT}/overview*`;
      await page.route(overview, async (route) => {
        const response = await route.fetch();
        const body = (await response.json()) as Overview; // the contract
        const lastEventAt = new Date(Date.parse(body.at ?? '') - 3 * 3_600_000 - 60_000).toISOString();
        const problem = { code: 'webhook_unanswered', params: { status: 404 } };
        await route.fulfill({ response, json: { ...body, webhooks: { state: 'refused', problem, lastEventAt, waiting: 0 } } });
      });
      await press('Refresh');
      await section()
        .locator('.oura-webhooks', { hasText: /^\s*webhooks refused · last event 3 hr\. ago$/ })
        .waitFor();
      await section().locator('.oura-problem', { hasText: 'Check the address in the account' }).waitFor();
      assert.deepEqual(await axeFaults(page, '.oura-side'), []);
      await page.unroute(overview);
      await press('Refresh');
      await section().locator('.oura-webhooks').waitFor({ state: 'detached' });
    });

    it('finds what is wrong, problems first, with what to do', async () => {
      await press('Check everything', section(SECOND));
      await said(section(SECOND))
        .getByText(/^\s*Problems: 1/)
        .waitFor();
      const finding = section(SECOND).locator('.oura-findings > li').first();
      assert.equal(await finding.getAttribute('data-check'), 'signed_in');
      assert.match(
        await finding.innerText(),
        /Signed in\s+problem\s+No access token\.(?: Since .*)?\s+Open the account and enter an access token\./,
      );
      await press('Check everything');
      await said()
        .getByText(/No problem|Everything is as it should be/)
        .waitFor();
      const fine = section().locator('.oura-fine');
      await fine.locator('summary').click();
      const shown = (await fine.locator('li').count()) + (await section().locator('.oura-findings > li').count());
      assert.equal(shown, CHECKS.length);
      await press('Hide the findings');
      assert.equal(await section().locator('.oura-fine').count(), 0);
    });

    it('hands out diagnostics that do not say who it is', async () => {
      const [download] = await Promise.all([page.waitForEvent('download'), press('Diagnostics')]);
      const text = readFileSync(await download.path(), 'utf8');
      const { format, account } = JSON.parse(text) as { format: string; account: { person: string } };
      assert.equal(format, 'node-red-oura-diagnostics');
      assert.equal(download.suggestedFilename(), `oura-diagnostics-${account.person}.json`);
      assert.doesNotMatch(text, /anna/i);
    });

    it('raises the debug log for an hour, and ends it', async () => {
      const before = nodeRed.log.length;
      await press('Debug log for an hour');
      const end = section().getByRole('button', { name: 'End the debug log', pressed: true });
      await end.waitFor();
      await section()
        .getByText(/debug log ends in (?:59|60) min|debug log ends in 1 hr/)
        .waitFor();
      await nodeRed.admin('POST', `/oura/account/${ACCOUNT}/refresh`, {});
      assert.ok(nodeRed.log.slice(before).some((line) => /\[info\] \[oura\] .*\/v2\/usercollection\//.test(line)));
      await end.click();
      await section().getByRole('button', { name: 'Debug log for an hour', pressed: false }).waitFor();
    });

    it('keeps open what a person has opened, and the focus, when it is drawn anew', async () => {
      const why = section().locator('tr[data-family=tag] .oura-why');
      await why.locator('summary').click();
      const before = await requests(section());
      await nodeRed.admin('POST', `/oura/account/${ACCOUNT}/refresh`, {});
      await section()
        .locator('.oura-requests p', { hasNotText: new RegExp(`^${before} of`) })
        .waitFor();
      assert.equal(await why.getAttribute('open'), '');
      assert.equal(await page.evaluate<string>(`document.activeElement.closest('tr').dataset.family`), 'tag');
    });

    it('opens the dialog of an account', async () => {
      await press('Open');
      await editor.until('isDialogAtRest');
      assert.equal(await page.inputValue('#node-config-input-name'), 'Anna');
      await editor.leave();
    });

    it('can be worked by the keyboard alone', async () => {
      await section().getByRole('button', { name: 'Refresh' }).focus();
      const names: string[] = [];
      for (let presses = 0; presses < 4; presses += 1) {
        await page.keyboard.press('Tab');
        names.push(await page.evaluate<string>('document.activeElement.textContent.trim()'));
      }
      assert.deepEqual(names, ['Open', 'Check everything', 'Diagnostics', 'Debug log for an hour']);
    });

    it('fits into 260 pixels', async () => {
      const tooWide = await side().evaluate((root) => {
        root.style.width = '260px';
        const wide = root.scrollWidth > root.clientWidth;
        root.style.width = '';
        return wide;
      });
      assert.equal(tooWide, false);
    });

    it('lists data without an account', async () => {
      assert.equal(await side().locator('.oura-side-orphans').isVisible(), false);
      leaveData(nodeRed.userDir, BEA, 'old_bea', ['2026-03-01', '2026-03-02']);
      leaveData(nodeRed.userDir, CAT, 'cat', ['2026-03-03']);
      await editor.ask('showSidebar', 'info');
      await show();
      const left = side().locator(`[data-person="${BEA}"]`);
      await left.waitFor();
      assert.match(await left.innerText(), new RegExp(`old_bea\\s+${BEA}\\s+2 documents, \\d+ kB, newest day 2026-03-02`));
    });

    it('has no serious accessibility fault, with everything unfolded', async () => {
      await press('Check everything', section(SECOND));
      await said(section(SECOND))
        .getByText(/Problems: 1/)
        .waitFor();
      await unfold(page);
      assert.deepEqual(await axeFaults(page, '.oura-side'), []);
    });

    if (rig.module === 'node-red') {
      it('has none in the dark theme either', async () => {
        const dark = await Editor.open(rig.browser, nodeRed.url, { dark: true });
        await dark.ask('invoke', 'oura:show-sidebar');
        const second = dark.page.locator(`[data-account="${SECOND}"]`);
        await press('Check everything', second);
        await said(second)
          .getByText(/Problems: 1/)
          .waitFor();
        await dark.page.locator(`[data-person="${BEA}"]`).waitFor();
        await unfold(dark.page);
        assert.deepEqual(await axeFaults(dark.page, '.oura-side'), []);
        assert.deepEqual(dark.faults, []);
        await dark.close();
      });
    }

    it('gives it to an account that has none', async () => {
      const left = side().locator(`[data-person="${BEA}"]`);
      assert.deepEqual(await left.locator('option').allInnerTexts(), ['Bea']);
      await press('Give', left);
      await side().getByText('The data belongs to the account now.').waitFor();
      assert.equal(await left.count(), 0);
      await section(SECOND)
        .getByText(`person ${BEA.slice(0, 6)}`)
        .waitFor();
    });

    it('deletes it when the confirmation is typed to the letter', async () => {
      const left = side().locator(`[data-person="${CAT}"]`);
      await left.locator('summary').click();
      await left.getByLabel(`To delete it for good, type ${CAT}`).fill('cat');
      await press('Delete for good', left);
      await side().getByText('Type exactly what is shown.').waitFor();
      await left.getByLabel(`To delete it for good, type ${CAT}`).fill(CAT);
      await press('Delete for good', left);
      await side().getByText('The data is deleted.').waitFor();
      assert.equal(await left.count(), 0);
    });

    it('does all that without an error', () => {
      const expected = /\/oura\/account\/-\/delete-orphan|status of 422/; // the confirmation that was wrong
      assert.deepEqual(
        editor.faults.filter((fault) => !expected.test(fault)),
        [],
      );
    });
  });
}

async function unfold(page: Page): Promise<void> {
  await page.evaluate(`document.querySelectorAll('.oura-side details:not([open]) > summary').forEach((one) => one.click())`);
}

async function requests(section: Locator): Promise<number> {
  return Number.parseInt(await section.locator('.oura-requests p').innerText(), 10);
}
