import assert from 'node:assert/strict';
import { slugOf } from '../../../lib/sync/slug';
import type { Editor } from '../support/editor';
import { ACCOUNT, ACCOUNT_TYPE, type Rig } from '../support/rig';
import { withEditor } from '../support/with-editor';

const SOURCE = 'oura-sleep';
const ALWAYS = ['name', 'mode', 'historyDays', 'interval', 'storage', 'dailyBudget', 'timezone', 'apiBase', 'slug'];
const OF_MODE: Readonly<Record<string, readonly string[]>> = { demo: ['seed'], token: ['accessToken'], sandbox: [] };

interface Account {
  readonly name: string;
  readonly slug: string;
  readonly valid: boolean;
}

interface Values {
  readonly wrong: readonly string[];
  readonly right: readonly string[];
}

const VALUES: Readonly<Record<string, Values>> = {
  interval: { wrong: ['0', 'often', ''], right: ['5', '${MINUTES}'] },
  historyDays: { wrong: ['0', '-3', '1.5', 'all'], right: ['', '30', '${DAYS}'] },
  dailyBudget: { wrong: ['0', 'many', '2.5'], right: ['5000', '${BUDGET}'] },
  timezone: { wrong: ['Atlantis', '+'], right: ['', 'Europe/Helsinki', 'UTC+3', '${ZONE}'] },
  apiBase: { wrong: ['ouraring', 'ftp://oura'], right: ['', 'https://api.ouraring.com', '${BASE}'] },
};

/** The dialog of the account. */
export function describeAccount(rig: Rig): void {
  describe('the account dialog', () => {
    const opened = withEditor(rig);
    let editor: Editor;
    before(() => {
      editor = opened();
    });
    const field = (name: string): string => `#node-config-input-${name}`;
    const account = (id: string): Promise<Account> => editor.ask<Account>('node', id);

    it('shows what the chosen kind of data needs, and nothing else', async () => {
      await editor.edit(ACCOUNT);
      for (const [mode, own] of Object.entries(OF_MODE)) {
        await editor.page.selectOption(field('mode'), mode);
        const expected = [...ALWAYS, ...own].map((name) => field(name).slice(1));
        assert.deepEqual((await editor.ask<string[]>('shownFields')).toSorted(), expected.toSorted(), mode);
        assert.equal(await editor.page.locator('form .form-tips:visible').count(), 1, mode);
      }
      await editor.leave();
    });

    for (const [property, { wrong, right }] of Object.entries(VALUES)) {
      it(`marks ${property} while its value is not valid`, async () => {
        await editor.edit(ACCOUNT);
        const input = editor.page.locator(field(property));
        for (const value of [...wrong, ...right]) {
          await input.fill(value);
          await input.press('Tab');
          assert.equal(await editor.ask<boolean>('marksError', field(property).slice(1)), wrong.includes(value), `"${value}"`);
        }
        await editor.leave();
      });
    }

    it('starts a new account with values that work', async () => {
      await addAccount();
      for (const [property, value] of Object.entries({ mode: 'demo', storage: 'disk', interval: '15', dailyBudget: '5000' }))
        assert.equal(await editor.page.inputValue(field(property)), value);
      const { valid, slug } = await save();
      assert.deepEqual({ valid, slug }, { valid: true, slug: 'ring' });
    });

    for (const name of ['Jürgen Groß', 'Łukasz & Øystein', 'İstanbul ısı']) {
      it(`makes the short name of ${name} as the topics will hold it`, async () => {
        await addAccount();
        await editor.page.fill(field('name'), name);
        assert.equal((await save()).slug, slugOf(name));
      });
    }

    it('gives no two accounts the same short name', async () => {
      for (const expected of ['anna_2', 'anna_3']) {
        await addAccount();
        await editor.page.fill(field('name'), 'Anna');
        assert.equal((await save()).slug, expected);
      }
    });

    it('keeps the short name when the account gets another name', async () => {
      await editor.edit(ACCOUNT);
      await editor.page.fill(field('name'), 'Annabel');
      await editor.leave('save');
      const { name, slug } = await account(ACCOUNT);
      assert.deepEqual({ name, slug }, { name: 'Annabel', slug: 'anna' });
    });

    it('tidies a short name that was typed in', async () => {
      await editor.edit(ACCOUNT);
      await editor.page.fill(field('slug'), 'My Ring/#1');
      await editor.leave('save');
      assert.equal((await account(ACCOUNT)).slug, 'my_ring_1');
    });

    it('saves and cancels by keyboard, and does not mind Enter in a field', async () => {
      const { name: before } = await account(ACCOUNT);
      for (const [key, expected] of [
        ['Control+Escape', before],
        ['Control+Enter', 'Berta'],
      ] as const) {
        await editor.edit(ACCOUNT);
        await editor.page.fill(field('name'), 'Berta');
        await editor.page.press(field('name'), 'Enter');
        assert.equal(await editor.ask<boolean>('isDialogClosed'), false);
        await editor.page.press(field('name'), key);
        await editor.until('isDialogClosed');
        assert.equal((await account(ACCOUNT)).name, expected);
      }
    });

    it('does all that without an error', () => {
      assert.deepEqual(editor.faults, []);
    });

    /** Opens the dialog of a new account by the "+" of a source. */
    async function addAccount(): Promise<void> {
      await editor.edit(SOURCE);
      await editor.page.click('#node-input-btn-account-add');
      await editor.page.locator(field('mode')).waitFor();
      await editor.until('isDialogAtRest');
    }

    /** Saves the new account, and the source that it was made for. @returns the account */
    async function save(): Promise<Account> {
      const before = new Set(await editor.ask<string[]>('idsOf', ACCOUNT_TYPE));
      await editor.page.click('#node-config-dialog-ok');
      await editor.page.locator('#node-dialog-ok').waitFor();
      await editor.leave('save');
      const [id, ...others] = (await editor.ask<string[]>('idsOf', ACCOUNT_TYPE)).filter((one) => !before.has(one));
      assert.deepEqual(others, []);
      return account(id ?? '');
    }
  });
}
