import assert from 'node:assert/strict';
import { Editor, type Definition, type Dialog, type Text } from '../support/editor';
import { ACCOUNT, ACCOUNT_TYPE, PALETTE_TYPES, type Rig } from '../support/rig';

const READABLE = 4.5; // WCAG 2.2, AA
const NARROW = { width: 420, height: 860 };
const WIDE = { width: 1360, height: 860 };
/** Looks like the key of a text instead of the text. */
const KEY = /^(?:@[\w/-]+:)?[a-z][\w-]*(?:[:.][a-zA-Z][\w-]*)+$/;
/** Properties that no person sets by hand. */
const UNSEEN: Readonly<Record<string, readonly string[]>> = { [ACCOUNT_TYPE]: ['families', 'retentionDays', 'version'] };

interface Visit {
  readonly type: string;
  readonly wide: Dialog;
  readonly narrow: Dialog;
  readonly neverFocused: readonly string[];
  readonly faults: readonly string[];
  readonly definition: Definition;
  readonly help: { readonly words: string; readonly texts: readonly Text[] };
}

/** Every dialog, opened once wide and once narrow; then what was seen is judged. */
export function describeDialogs(rig: Rig, dark: boolean): void {
  describe(`the dialogs${dark ? ', dark' : ''}`, function () {
    this.timeout(120_000);
    const visits: Visit[] = [];
    before(async () => {
      const editor = await Editor.open(rig.browser, rig.nodeRed.url, { dark });
      for (const type of [ACCOUNT_TYPE, ...PALETTE_TYPES]) visits.push(await visit(editor, type));
      await editor.close();
    });

    it('open without an error', () => {
      assert.equal(visits.length, PALETTE_TYPES.length + 1);
      assert.deepEqual(
        found(({ faults }) => faults),
        [],
      );
    });

    it('have a field for every property a person may set', () => {
      const lacking = ({ type, definition, wide }: Visit): readonly string[] => {
        const there = new Set(wide.fields.map(({ id }) => id.replace(/^node-(?:config-)?input-/, '')));
        return definition.properties.filter((property) => !there.has(property) && !(UNSEEN[type] ?? ['version']).includes(property));
      };
      assert.deepEqual(found(lacking), []);
    });

    it('say of every field what it is', () => {
      assert.deepEqual(
        found(({ wide }) => wide.fields.filter(({ label }) => label === '').map(({ id }) => id)),
        [],
      );
    });

    it('show texts, never their keys and never nothing', () => {
      const shown = ({ wide, narrow, definition, help }: Visit): readonly string[] => [
        ...[...wide.texts, ...narrow.texts, ...help.texts].map(({ text }) => text),
        ...wide.choices,
        ...definition.texts,
      ];
      assert.deepEqual(
        found((one) => shown(one).filter((text) => text === '' || KEY.test(text))),
        [],
      );
      assert.deepEqual(
        found(({ wide }) => wide.empty),
        [],
      );
    });

    it('can be read', () => {
      const faint = ({ wide, help }: Visit): readonly string[] =>
        [...wide.texts, ...help.texts].filter(({ contrast }) => contrast < READABLE).map(({ text, contrast }) => `${text} (${contrast})`);
      assert.deepEqual(found(faint), []);
    });

    it('cut nothing off and cover nothing', () => {
      assert.deepEqual(
        found(({ wide }) => [...wide.broken, ...wide.overlaps, ...wide.unreachable]),
        [],
      );
    });

    it('can be used in a window of 420 pixels', () => {
      assert.deepEqual(
        found(({ narrow }) => [...narrow.overlaps, ...narrow.unreachable]),
        [],
      );
      assert.deepEqual(
        found(({ narrow, wide }) => (narrow.fields.length === wide.fields.length ? [] : ['fields'])),
        [],
      );
    });

    it('can be used with the keyboard alone', () => {
      assert.deepEqual(
        found(({ neverFocused }) => neverFocused),
        [],
      );
    });

    it('have their help in the sidebar', () => {
      assert.deepEqual(
        found(({ help }) => (help.words.length > 80 ? [] : ['no help'])),
        [],
      );
    });

    function found(look: (one: Visit) => readonly string[]): readonly string[] {
      const pairs = visits.flatMap((one) => look(one).map((what) => [what, one.type] as const));
      return [...Map.groupBy(pairs, ([what]) => what)].map(([what, of]) => `${what}: ${of.length} dialogs, ${of[0]?.[1] ?? ''} first`);
    }
  });
}

async function visit(editor: Editor, type: string): Promise<Visit> {
  const { page } = editor;
  const before = editor.faults.length;
  await editor.ask('showHelp', type);
  const help = await editor.ask<Visit['help']>('help');
  const definition = await editor.ask<Definition>('definition', type);
  await editor.edit(type === ACCOUNT_TYPE ? ACCOUNT : type);
  const wide = await editor.ask<Dialog>('dialog');
  const neverFocused = await editor.neverFocused();
  await page.setViewportSize(NARROW);
  const narrow = await editor.ask<Dialog>('dialog');
  await page.setViewportSize(WIDE);
  await editor.leave();
  return { type, wide, narrow, neverFocused, faults: editor.faults.slice(before), definition, help };
}
