import assert from 'node:assert/strict';
import { eachStep } from '../support/each-step';
import { Editor, type Definition, type Dialog, type Text } from '../support/editor';
import { ACCOUNT, ACCOUNT_TYPE, HOME, HOME_TYPE, PALETTE_TYPES, type Rig } from '../support/rig';

const READABLE = 4.5; // WCAG 2.2, AA
const NARROW = { width: 420, height: 860 };
/** People sign in on their phones. */
const PHONE = { width: 360, height: 740 };
const WIDE = { width: 1360, height: 860 };
/** Looks like the key of a text instead of the text. */
const KEY = /^(?:@[\w/-]+:)?[a-z][\w-]*(?:[:.][a-zA-Z][\w-]*)+$/;
/** Properties that no person sets by hand. */
const UNSEEN: Readonly<Record<string, readonly string[]>> = {
  [ACCOUNT_TYPE]: ['families', 'retentionDays', 'version'],
  'oura-entities': ['groups', 'metrics', 'version'], // chosen in a list
  'oura-statistics': ['groups', 'metrics', 'version'],
  'oura-webhook': ['events', 'families', 'version'],
};

const CONFIG_NODES: Readonly<Record<string, string>> = { [ACCOUNT_TYPE]: ACCOUNT, [HOME_TYPE]: HOME };
const TYPES = [...Object.keys(CONFIG_NODES), ...PALETTE_TYPES];

/** What the theme makes no difference to, so that it is looked at in one of them. */
interface Handling {
  readonly type: string;
  readonly narrow: Dialog;
  readonly neverFocused: readonly string[];
}

interface Visit {
  readonly type: string;
  readonly wide: Dialog;
  readonly definition: Definition;
  readonly help: { readonly words: string; readonly texts: readonly Text[] };
}

/** Every dialog, opened once wide and once narrow; then what was seen is judged. */
export function describeDialogs(rig: Rig, dark: boolean): void {
  describe(`the dialogs${dark ? ', dark' : ''}`, () => {
    const visits: Visit[] = [];
    const handlings: Handling[] = [];
    const faults: string[] = [];
    before(async () => {
      const editor = await Editor.open(rig.browser, rig.nodeRed.url, { dark });
      for (const type of TYPES) {
        visits.push(await visit(editor, type));
        if (!dark) handlings.push(await handle(editor, type));
        await editor.leave();
      }
      faults.push(...editor.faults);
      await editor.close();
    });

    it('open and close without an error', () => {
      assert.equal(visits.length, TYPES.length);
      assert.deepEqual(faults, []);
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
      const shown = ({ wide, definition }: Visit): readonly string[] => [
        ...[...wide.texts, ...wide.placeholders].map(({ text }) => text),
        ...wide.choices,
        ...definition.texts,
      ];
      assert.deepEqual(
        found((one) => shown(one).filter((text) => text === '' || KEY.test(text) || text.includes('returned an object'))),
        [],
      );
      assert.deepEqual(
        found(({ wide }) => wide.empty),
        [],
      );
    });

    it('can be read', () => {
      const placeholders = (wide: Dialog): readonly Text[] => (rig.module === 'node-red-4' ? [] : wide.placeholders); // 4.x: pale in every node
      const faint = ({ wide, help }: Visit): readonly string[] =>
        [...wide.texts, ...placeholders(wide), ...help.texts]
          .filter(({ contrast }) => contrast < READABLE)
          .map(({ text, contrast }) => `${text} (${contrast})`);
      assert.deepEqual(found(faint), []);
    });

    it('cut nothing off and cover nothing', () => {
      assert.deepEqual(
        found(({ wide }) => [...wide.broken, ...wide.overlaps, ...wide.unreachable]),
        [],
      );
    });

    if (!dark) {
      it('can be used in a window of 420 pixels, and that of an account on a phone', () => {
        assert.deepEqual(
          grouped(handlings, ({ narrow }) => [...narrow.overlaps, ...narrow.unreachable]),
          [],
        );
      });

      it('can be used with the keyboard alone', () => {
        assert.deepEqual(
          grouped(handlings, ({ neverFocused }) => neverFocused),
          [],
        );
      });
    }

    it('have their help in the sidebar', () => {
      assert.deepEqual(
        found(({ help }) => (help.words.length > 80 ? [] : ['no help'])),
        [],
      );
    });

    function found(look: (one: Visit) => readonly string[]): readonly string[] {
      return grouped(visits, look);
    }
  });
}

/** What was found, each once, with the number of dialogs it was found in. */
function grouped<T extends { readonly type: string }>(seen: readonly T[], look: (one: T) => readonly string[]): readonly string[] {
  const pairs = seen.flatMap((one) => look(one).map((what) => [what, one.type] as const));
  return [...Map.groupBy(pairs, ([what]) => what)].map(([what, of]) => `${what}: ${of.length} dialogs, ${of[0]?.[1] ?? ''} first`);
}

/** Opens a dialog and looks at it. */
async function visit(editor: Editor, type: string): Promise<Visit> {
  await editor.ask('showHelp', type);
  const help = await editor.ask<Visit['help']>('help');
  const definition = await editor.ask<Definition>('definition', type);
  await editor.edit(CONFIG_NODES[type] ?? type);
  return { type, wide: await look(editor, type), definition, help };
}

/** What the open dialog shows; that of an account in all of its steps. */
async function look(editor: Editor, type: string): Promise<Dialog> {
  if (type !== ACCOUNT_TYPE) return await editor.ask<Dialog>('dialog');
  const seen: Dialog[] = [];
  await eachStep(editor, async () => {
    seen.push(await editor.ask<Dialog>('dialog'));
  });
  return {
    fields: seen.flatMap(({ fields }) => fields),
    texts: seen.flatMap(({ texts }) => texts),
    placeholders: seen.flatMap(({ placeholders }) => placeholders),
    choices: seen.flatMap(({ choices }) => choices),
    empty: seen.flatMap(({ empty }) => empty),
    overlaps: seen.flatMap(({ overlaps }) => overlaps),
    broken: seen.flatMap(({ broken }) => broken),
    unreachable: seen.flatMap(({ unreachable }) => unreachable),
  };
}

async function neverFocusedInSteps(editor: Editor): Promise<readonly string[]> {
  const missing: string[] = [];
  await eachStep(editor, async ({ mode, step }) => {
    if (mode === 'oauth2' || step === 'token') missing.push(...(await editor.neverFocused()));
  });
  return missing;
}

/** Goes through the open dialog by keyboard, and looks at it in a narrow window. */
async function handle(editor: Editor, type: string): Promise<Handling> {
  const neverFocused = type === ACCOUNT_TYPE ? await neverFocusedInSteps(editor) : await editor.neverFocused();
  await editor.page.setViewportSize(type === ACCOUNT_TYPE ? PHONE : NARROW);
  await editor.ask('invoke', 'core:toggle-sidebar'); // as a person has it in a window that narrow
  const narrow = await look(editor, type);
  await editor.ask('invoke', 'core:toggle-sidebar');
  await editor.page.setViewportSize(WIDE);
  return { type, narrow, neverFocused };
}
