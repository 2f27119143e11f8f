import assert from 'node:assert/strict';
import type { PaletteEntry } from '../support/editor';
import { PALETTE_TYPES, type Rig } from '../support/rig';
import { withEditor } from '../support/with-editor';

const READABLE = 4.5; // WCAG 2.2, AA

/** The palette: every node is there, and its name can be read. */
export function describePalette(rig: Rig, dark: boolean): void {
  describe(`the palette${dark ? ', dark' : ''}`, () => {
    const opened = withEditor(rig, { dark });
    let entries: readonly PaletteEntry[] = [];
    before(async () => {
      entries = await opened().ask<PaletteEntry[]>('palette');
    });

    it('has a category "Oura" with all nodes', async () => {
      assert.equal(await opened().ask<string>('paletteTitle'), 'Oura');
      assert.deepEqual(entries.map(({ type }) => type).toSorted(), PALETTE_TYPES.toSorted());
      assert.equal(await opened().ask<boolean>('isDark'), dark);
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
      assert.deepEqual(opened().faults, []);
    });
  });
}
