import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../support/real-node-red';
import { AccountDialog } from '../support/account-dialog';
import type { Editor } from '../support/editor';
import { ACCOUNT, type Rig } from '../support/rig';
import { withEditor } from '../support/with-editor';

const DEMO = readFileSync(path.join(ROOT, 'demo/flows.json'), 'utf8');
const TOKEN = 'TOKEN-THAT-NOBODY-MAY-SEE';
const NO_OURA = 'http://127.0.0.1:9'; // nobody answers there
const DAY = '^\\d{4}-\\d{2}-\\d{2}';

/** What a newcomer does, each step after the one before: imports the demo, deploys it, presses a button, reads the message, shares it. */
export function describeDemo(rig: Rig): void {
  describe('the demo flow', () => {
    const opened = withEditor(rig);
    let editor: Editor;
    before(() => {
      editor = opened();
    });

    it('is imported and deployed from the editor', async () => {
      await editor.import(DEMO);
      const before = rig.nodeRed.log.length;
      await editor.deploy();
      await rig.nodeRed.until('the flows to start', () =>
        rig.nodeRed.log.slice(before).some((line) => /Started (modified )?(flows|nodes)/.test(line)),
      );
    });

    it('shows the newest day below its nodes', async () => {
      await editor.ask('revealNamed', 'the last seven days');
      await editor.until('hasStatus', 'oura-daily-sleep', DAY);
    });

    it('answers a question in the debug sidebar when its button is pressed', async () => {
      await editor.press('the last seven days');
      const message = await editor.debugMessage('scores');
      assert.match(await message.innerText(), /oura\/demo\/daily_sleep : msg\.payload : array\[[78]\]/);
      const handles = message.locator('.red-ui-debug-msg-object-handle');
      await handles.first().click(); // the list
      await handles.nth(1).click(); // its first document
      await message
        .getByText(/^score:/)
        .first()
        .waitFor();
    });

    it('brings the next morning', async () => {
      await editor.press('next morning');
      assert.match(await (await editor.debugMessage('what changed')).innerText(), /created/);
      await editor.debugMessage('changes');
    });

    it('opens, runs and shows all that without an error', () => {
      assert.deepEqual(editor.faults, []);
      assert.deepEqual(
        rig.nodeRed.log.filter((line) => /\[error\]|Unhandled|TypeError|ReferenceError/.test(line)),
        [],
      );
    });

    it('can be passed on without the access token', async () => {
      await editor.edit(ACCOUNT);
      const dialog = new AccountDialog(editor);
      await dialog.goTo('who');
      await dialog.fill({ mode: 'token' });
      await dialog.goTo('token');
      await dialog.fill({ accessToken: TOKEN, apiBase: NO_OURA });
      await editor.leave('save');
      assertNoSecret(await editor.exported());
      await editor.deploy();
      assertNoSecret(await editor.exported());
      await editor.reload();
      await editor.edit(ACCOUNT);
      assert.ok(!(await editor.page.inputValue('#node-config-input-accessToken')).includes(TOKEN));
      await editor.leave();
    });
  });
}

function assertNoSecret(flow: string): void {
  assert.ok(flow.includes(NO_OURA)); // it is the flow that holds the account
  assert.ok(!flow.includes(TOKEN));
  assert.ok(!flow.includes('credentials'));
  assert.ok(!flow.includes('accessToken'));
}
