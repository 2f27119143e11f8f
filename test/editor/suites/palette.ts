import assert from 'node:assert/strict';
import { Editor, type PaletteEntry } from '../support/editor';
import { PALETTE_TYPES, type Rig } from '../support/rig';

const READABLE = 4.5; // WCAG 2.2, AA

/** The palette: every node is there, and its name can be read. */
export function describePalette(rig: Rig, dark: boolean): void {
  describe(`the palette${dark ? ', dark' : ''}`, () => {
    let editor: Editor;
    let entries: readonly PaletteEntry[] = [];
    before(async () => {
      editor = await Editor.open(rig.browser, rig.nodeRed.url, { dark });
      entries = await editor.ask<PaletteEntry[]>('palette');
    });
    after(() => editor.close());

    it('has a category "Oura" with all nodes', async () => {
      assert.equal(await editor.ask<string>('paletteTitle'), 'Oura');
      assert.deepEqual(entries.map(({ type }) => type).toSorted(), PALETTE_TYPES.toSorted());
      assert.equal(await editor.ask<boolean>('isDark'), dark);
    });

    it('breaks no word of a name', () => {
      for (const { label, lines } of entries) {
        assert.match(label, /^[A-Za-z]/);
        assert.deepEqual(lines.join(' ').split(/\s+/), label.split(' '), label);
      }
    });

    it('shows names that can be read on their colours, and an icon of its own for each', () => {
      assert.deepEqual(
        entries.filter(({ contrast }) => contrast < READABLE),
        [],
      );
      for (const { type, icon } of entries) assert.ok(icon.includes(`${type}.svg`), `${type}: ${icon}`);
    });

    it('opens without an error', () => {
      assert.deepEqual(editor.faults, []);
    });
  });
}
