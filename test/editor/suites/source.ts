import assert from 'node:assert/strict';
import { ENDPOINTS } from '../../../lib/catalogue/endpoints';
import { nodeTypeOf } from '../../../lib/catalogue/node-type';
import type { Editor } from '../support/editor';
import type { Rig } from '../support/rig';
import { withEditor } from '../support/with-editor';

const SOURCE = 'oura-daily-sleep';
const ALWAYS = ['name', 'account', 'output'];
const CHANGES = ['onStart', 'history'];
const OF_OUTPUT: Readonly<Record<string, readonly string[]>> = { both: [...CHANGES, 'select'], changes: CHANGES, query: ['select'] };
const OF_SELECT: Readonly<Record<string, readonly string[]>> = {
  latest: [],
  day: ['day', 'split'],
  range: ['start', 'end', 'split'],
  id: ['documentId'],
};

/** The dialog of a source, and the one of refresh, which asks for days too. */
export function describeSource(rig: Rig): void {
  describe('the dialog of a source', () => {
    const opened = withEditor(rig);
    let editor: Editor;
    before(() => {
      editor = opened();
    });
    const field = (name: string): string => `#node-input-${name}`;
    const shown = async (): Promise<readonly string[]> =>
      (await editor.ask<string[]>('shownFields')).map((id) => id.replace('node-input-', '')).toSorted();

    it('opens by a double click', async () => {
      await editor.page.dblclick(`#red-ui-workspace-chart [id="${SOURCE}"] rect.red-ui-flow-node`);
      await editor.until('isDialogAtRest');
      assert.ok((await shown()).includes('select'));
      await editor.leave();
    });

    it('shows what the chosen answer needs, and nothing else', async () => {
      await editor.edit(SOURCE);
      for (const output of ['both', 'query']) {
        await editor.page.selectOption(field('output'), output);
        for (const [select, ofSelect] of Object.entries(OF_SELECT)) {
          await editor.page.selectOption(field('select'), select);
          const expected = [...ALWAYS, ...(OF_OUTPUT[output] ?? []), ...ofSelect];
          assert.deepEqual(await shown(), expected.toSorted(), `${output}, ${select}`);
        }
      }
      await editor.page.selectOption(field('output'), 'changes');
      assert.deepEqual(await shown(), [...ALWAYS, ...CHANGES].toSorted());
      await editor.leave();
    });

    for (const key of ['heartrate', 'sleep'] as const) {
      const hasIds = ENDPOINTS[key].kind !== 'series';
      it(`offers ${hasIds ? 'the document of an id' : 'no document of an id'} for ${key}`, async () => {
        await editor.edit(nodeTypeOf(key));
        assert.equal(await editor.page.locator(`${field('select')} option[value=id]`).count(), hasIds ? 1 : 0);
        await editor.leave();
      });
    }

    it('marks a day that is none', async () => {
      await editor.edit(SOURCE);
      await editor.page.selectOption(field('select'), 'range');
      for (const [value, isWrong] of [
        ['tomorrow', true],
        ['31.1.2026', true],
        ['2026-01-31', false],
        ['yesterday', false],
        ['-30', false],
        ['${FIRST_DAY}', false],
      ] as const) {
        await editor.page.fill(field('start'), value);
        await editor.page.press(field('start'), 'Tab');
        assert.equal(await editor.ask<boolean>('marksError', 'node-input-start'), isWrong, value);
      }
      await editor.leave();
    });

    it('saves what was chosen, and shows it when it is opened again', async () => {
      await editor.edit(SOURCE);
      await editor.page.selectOption(field('output'), 'both');
      await editor.page.selectOption(field('select'), 'range');
      await editor.page.fill(field('start'), '-14');
      await editor.page.check(field('split'));
      await editor.page.check(field('history'));
      await editor.leave('save');
      const { output, select, start, split, history, onStart, valid } = await editor.ask<Record<string, unknown>>('node', SOURCE);
      assert.deepEqual(
        { output, select, start, split, history, onStart, valid },
        { output: 'both', select: 'range', start: '-14', split: true, history: true, onStart: false, valid: true },
      );
      await editor.edit(SOURCE);
      assert.equal(await editor.page.inputValue(field('start')), '-14');
      assert.ok(await editor.page.isChecked(field('split')));
      assert.ok((await shown()).includes('start'));
      await editor.leave();
    });

    it('asks for days in the dialog of refresh only when days are to be read again', async () => {
      await editor.edit('oura-refresh');
      for (const [range, days] of Object.entries({ recent: [], days: ['start', 'end'], all: [] })) {
        await editor.page.selectOption(field('range'), range);
        assert.deepEqual(await shown(), ['name', 'account', 'range', ...days].toSorted(), range);
      }
      await editor.leave();
    });

    it('does all that without an error', () => {
      assert.deepEqual(editor.faults, []);
    });
  });
}
