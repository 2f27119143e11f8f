import assert from 'node:assert/strict';
import { HomeServer } from '../../support/home-server';
import { axeFaults } from '../support/axe-faults';
import type { Editor } from '../support/editor';
import { HOME_TYPE, type Rig } from '../support/rig';
import { withEditor } from '../support/with-editor';

const DIALOG = '#oura-home';
const NARROW = { width: 400, height: 860 };
const WIDE = { width: 1360, height: 860 };
const TOKEN = 'a-token-of-the-home';

/** The dialog of a Home Assistant: shows what the chosen way needs, and tries it before and after Deploy. */
export function describeHomeDialog(rig: Rig, dark: boolean): void {
  describe(`the dialog of a Home Assistant${dark ? ', dark' : ''}`, () => {
    const opened = withEditor(rig, { dark });
    let server: HomeServer;
    beforeEach(async () => {
      server = await HomeServer.start({ token: TOKEN, components: ['api', 'mqtt', 'nodered'] });
      server.on('nodered/version', () => '4.2.4');
    });
    afterEach(() => server.stop());

    const field = (name: string): string => `#node-config-input-${name}`;
    const add = async (): Promise<Editor> => {
      const editor = opened();
      await editor.page.evaluate(`RED.editor.editConfig('', '${HOME_TYPE}', '_ADD_')`);
      await editor.until('isDialogAtRest');
      return editor;
    };
    /** Presses Test. @returns what is told */
    const test = async (editor: Editor): Promise<string> => {
      await editor.page.click('#oura-home-test');
      const state = editor.page.locator('#oura-home-state:not([data-tone=plain])');
      await state.waitFor();
      return (await state.innerText()).replace(/\s+/g, ' ').trim();
    };
    const shown = (editor: Editor): Promise<readonly string[]> => editor.ask<string[]>('shownFields');

    it('shows only what the chosen way needs, and says what it is for', async () => {
      const editor = await add();
      assert.equal(await editor.page.inputValue(field('via')), 'url'); // neither a server nor an app of Home Assistant
      assert.ok((await shown(editor)).includes('node-config-input-accessToken'));
      const hints: string[] = [];
      for (const via of ['server', 'supervisor', 'none']) {
        await editor.page.selectOption(field('via'), via);
        assert.ok(!(await shown(editor)).some((id) => /-(?:url|accessToken|server)$/.test(id)), via);
        hints.push(await editor.page.innerText('#oura-home-via'));
      }
      assert.match(hints[0] ?? '', /no server/);
      assert.match(hints[1] ?? '', /does not run as an app/);
      assert.ok((await shown(editor)).includes('node-config-input-discoveryPrefix'));
      await editor.page.selectOption(field('entities'), 'companion');
      assert.ok(!(await shown(editor)).includes('node-config-input-discoveryPrefix'));
      assert.match(await test(editor), /^Something is missing\. no connection with Home Assistant\. Choose /);
      await editor.leave();
      assert.deepEqual(editor.faults, []);
    });

    it('tries what was typed before Deploy, and the stored token after it, at its own address only', async () => {
      const before = await opened().ask<string[]>('idsOf', HOME_TYPE);
      const editor = await add();
      assert.match(await test(editor), /no access token for Home Assistant\. Make a long-lived access token/);
      await editor.page.fill(field('url'), server.url);
      await editor.page.fill(field('accessToken'), 'wrong');
      assert.match(await test(editor), /Home Assistant refused the access token\./);
      await editor.page.fill(field('accessToken'), TOKEN);
      assert.match(
        await test(editor),
        /Home Assistant 2026\.11\.0 .*of an administrator .*set up .*4\.2\.4 no MQTT broker\. Choose a broker/,
      );
      await editor.page.selectOption(field('entities'), 'companion');
      assert.match(await test(editor), /^All that is needed is there\. Home Assistant 2026\.11\.0/);
      await editor.page.fill(field('name'), `Home ${dark ? 'dark' : 'light'}`);
      await editor.leave('save');
      await editor.deploy();
      const after = await editor.ask<string[]>('idsOf', HOME_TYPE);
      await editor.edit(after.find((one) => !before.includes(one)) ?? '');
      assert.equal(await editor.page.inputValue(field('accessToken')), '__PWRD__');
      assert.match(await test(editor), /^All that is needed is there\./);
      const other = await HomeServer.start({ token: TOKEN });
      await editor.page.fill(field('url'), other.url);
      assert.match(await test(editor), /the stored token is for another address\. Paste the token again/);
      assert.equal(other.connections, 0);
      await other.stop();
      await editor.leave();
      assert.deepEqual(editor.faults, []);
    });

    it('can be used by everybody, in a narrow window too, also when something is missing', async () => {
      const editor = await add();
      await editor.page.fill(field('url'), server.url);
      await editor.page.fill(field('accessToken'), TOKEN);
      await test(editor);
      assert.deepEqual(await axeFaults(editor.page, DIALOG), []);
      await editor.page.selectOption(field('via'), 'server');
      assert.deepEqual(await axeFaults(editor.page, DIALOG), []);
      await editor.page.focus(field('name'));
      assert.deepEqual(await editor.neverFocused(), []);
      await editor.page.setViewportSize(NARROW);
      await editor.ask('invoke', 'core:toggle-sidebar'); // as a person has it in a window that narrow
      await editor.page.selectOption(field('via'), 'url');
      const { overlaps, unreachable } = await editor.ask<{ overlaps: string[]; unreachable: string[] }>('dialog');
      assert.deepEqual([...overlaps, ...unreachable], []);
      assert.ok(await editor.page.evaluate<boolean>(`document.querySelector('${DIALOG}').scrollWidth <= ${NARROW.width}`));
      await editor.ask('invoke', 'core:toggle-sidebar');
      await editor.page.setViewportSize(WIDE);
      await editor.leave();
      assert.deepEqual(editor.faults, []);
    });
  });
}
