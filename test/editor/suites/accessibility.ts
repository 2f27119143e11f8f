import assert from 'node:assert/strict';
import { AccountDialog } from '../support/account-dialog';
import { axeFaults } from '../support/axe-faults';
import { eachStep } from '../support/each-step';
import { Editor } from '../support/editor';
import { ACCOUNT, type Rig } from '../support/rig';

/** What is ours in a dialog of Node-RED. */
const DIALOG = '.oura-wizard';

/** What axe finds in our parts of the editor. */
export function describeAccessibility(rig: Rig, dark: boolean): void {
  describe(`for everybody${dark ? ', dark' : ''}`, () => {
    let editor: Editor;
    before(async () => {
      editor = await Editor.open(rig.browser, rig.nodeRed.url, { dark });
    });
    after(() => editor.close());

    it('every step of an account can be used', async () => {
      const found: string[] = [];
      await editor.edit(ACCOUNT);
      await eachStep(editor, async ({ mode, step }) => {
        const faults = await axeFaults(editor.page, DIALOG);
        found.push(...faults.map((fault) => `${mode}, ${step}: ${fault}`));
      });
      await editor.leave();
      assert.deepEqual(found, []);
    });

    it('a new account can be used, also when something was refused', async () => {
      const dialog = new AccountDialog(editor);
      await dialog.add();
      const found = [...(await axeFaults(editor.page, DIALOG))];
      await dialog.next('application');
      await dialog.refused('clientSecret');
      found.push(...(await axeFaults(editor.page, DIALOG)));
      await dialog.cancel();
      assert.deepEqual(found, []);
      assert.equal(editor.expectRefusals(), 2);
    });
  });
}
