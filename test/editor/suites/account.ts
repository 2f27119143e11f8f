import assert from 'node:assert/strict';
import type { Step } from '../../../editor/account/steps-of';
import type { DialogField } from '../../../lib/accounts/wire';
import { ENDPOINT_KEYS } from '../../../lib/catalogue/endpoints';
import { slugOf } from '../../../lib/sync/slug';
import { AccountDialog } from '../support/account-dialog';
import type { Editor } from '../support/editor';
import { ACCOUNT, type Rig } from '../support/rig';
import { withEditor } from '../support/with-editor';

type Fields = Readonly<Partial<Record<Step, readonly DialogField[]>>>;
const WHO: readonly DialogField[] = ['name', 'mode', 'slug'];
const KEEP: readonly DialogField[] = ['historyDays', 'storage', 'interval', 'dailyBudget', 'timezone', 'onRemove'];
/** The fields of each step, by the kind of data. */
const OF_MODE: Readonly<Record<string, Fields>> = {
  oauth2: {
    account: [],
    who: WHO,
    application: ['redirectUri', 'clientId', 'clientSecret', 'authorizeUrl', 'tokenUrl', 'apiBase'],
    authorise: [],
    test: [],
    keep: [...KEEP, 'webhookUrl'],
    done: [],
  },
  token: {
    account: [],
    who: WHO,
    token: ['accessToken', 'apiBase'],
    test: [],
    keep: [...KEEP, 'clientId', 'clientSecret', 'webhookUrl'],
    done: [],
  },
  demo: { account: [], who: [...WHO, 'seed'], keep: KEEP, done: [] },
  sandbox: { account: [], who: [...WHO, 'apiBase'], keep: KEEP, done: [] },
};
/** Opening it asks Oura, and there is none here. */
const ASKS_OURA: Step = 'test';

interface Account {
  readonly name: string;
  readonly slug: string;
  readonly valid: boolean;
  readonly version: number;
  readonly onRemove: string;
  readonly redirectUri: string;
  readonly families: Readonly<Record<string, readonly string[]>>;
  readonly retentionDays: Readonly<Record<string, unknown>>;
}

interface Values {
  readonly step: Step;
  readonly wrong: readonly string[];
  readonly right: readonly string[];
}

const ADDRESS: Values = {
  step: 'application',
  wrong: ['ouraring', 'ftp://oura'],
  right: ['', 'https://api.ouraring.com', '${BASE}'],
};
const VALUES: Readonly<Partial<Record<DialogField, Values>>> = {
  interval: { step: 'keep', wrong: ['0', 'often', ''], right: ['5', '${MINUTES}'] },
  historyDays: { step: 'keep', wrong: ['0', '-3', '1.5', 'all'], right: ['', '30', '${DAYS}'] },
  dailyBudget: { step: 'keep', wrong: ['0', 'many', '2.5'], right: ['5000', '${BUDGET}'] },
  timezone: { step: 'keep', wrong: ['Atlantis', '+'], right: ['', 'Europe/Helsinki', 'UTC+3', '${ZONE}'] },
  apiBase: ADDRESS,
  authorizeUrl: ADDRESS,
  tokenUrl: ADDRESS,
  redirectUri: ADDRESS,
  webhookUrl: { step: 'keep', wrong: ['ring', 'ftp://ring'], right: ['', 'https://ring.example.org', '${RING}'] },
};

/** The dialog of the account. */
export function describeAccount(rig: Rig): void {
  describe('the account dialog', () => {
    const opened = withEditor(rig);
    let editor: Editor;
    let dialog: AccountDialog;
    before(() => {
      editor = opened();
      dialog = new AccountDialog(editor);
    });
    const account = (id: string): Promise<Account> => editor.ask<Account>('node', id);
    const addDemo = async (): Promise<void> => {
      await dialog.add();
      await dialog.fill({ mode: 'demo' });
    };
    const saveDemo = async (): Promise<Account> => {
      await dialog.next('keep');
      await dialog.next('done');
      return account(await dialog.save());
    };

    for (const [mode, fields] of Object.entries(OF_MODE)) {
      it(`shows what ${mode} needs, step by step, and nothing else`, async () => {
        await editor.edit(ACCOUNT);
        await dialog.goTo('who');
        await dialog.fill({ mode });
        assert.deepEqual(await dialog.openSteps(), Object.keys(fields));
        for (const [step, expected] of Object.entries(fields)) {
          if (step === ASKS_OURA) continue;
          await dialog.goTo(step as Step); // the keys of the table
          await editor.ask('unfold');
          const shown = (await editor.ask<string[]>('shownFields')).filter((id) => id.startsWith('node-config-input-'));
          assert.deepEqual(shown.toSorted(), expected.map((name) => dialog.field(name).slice(1)).toSorted(), step);
        }
        await editor.leave();
      });
    }

    for (const [property, { step, wrong, right }] of Object.entries(VALUES)) {
      it(`marks ${property} while its value is not valid`, async () => {
        await editor.edit(ACCOUNT);
        await dialog.goTo('who');
        await dialog.fill({ mode: 'oauth2' });
        await dialog.goTo(step);
        await editor.ask('unfold');
        const input = editor.page.locator(dialog.field(property as DialogField)); // the keys of the table
        for (const value of [...wrong, ...right]) {
          await input.fill(value);
          await input.press('Tab');
          const id = dialog.field(property as DialogField).slice(1); // the keys of the table
          assert.equal(await editor.ask<boolean>('marksError', id), wrong.includes(value), `"${value}"`);
        }
        await editor.leave();
      });
    }

    it('recommends to sign in, and starts a new account with values that work', async () => {
      await dialog.add();
      assert.equal(await editor.page.inputValue(dialog.field('mode')), 'oauth2');
      const usual = { storage: 'disk', interval: '15', dailyBudget: '5000', onRemove: 'keep' } as const;
      for (const [property, value] of Object.entries(usual))
        assert.equal(await editor.page.inputValue(dialog.field(property as DialogField)), value); // the keys of the constant
      await dialog.fill({ mode: 'demo' });
      const { valid, slug, version, onRemove } = await saveDemo();
      assert.deepEqual({ valid, slug, version, onRemove }, { valid: true, slug: 'ring', version: 2, onRemove: 'keep' });
    });

    it('stores neither who a person is nor the heart-rate series, and gives nothing to AI, until that is chosen', async () => {
      await addDemo();
      const { families } = await saveDemo();
      assert.deepEqual(
        families,
        Object.fromEntries(ENDPOINT_KEYS.map((key) => [key, ['personal_info', 'heartrate'].includes(key) ? [] : ['store', 'publish']])),
      );
    });

    it('saves what is chosen for each family, and shows it when it is opened again', async () => {
      await addDemo();
      await dialog.next('keep');
      await dialog.box('heartrate', 'store').check();
      await dialog.box('sleep', 'ai').check();
      await dialog.box('tag', 'publish').uncheck();
      await dialog.box('session', 'store').uncheck();
      assert.ok(!(await dialog.box('session', 'publish').isChecked()) && (await dialog.box('session', 'publish').isDisabled()));
      await editor.page.click('#oura-retention > summary');
      await editor.page.fill('#oura-days-sleep', '90');
      await dialog.next('done');
      const id = await dialog.save();
      const { families, retentionDays } = await account(id);
      const { heartrate, sleep, tag, session } = families;
      assert.deepEqual(
        { heartrate, sleep, tag, session },
        { heartrate: ['store'], sleep: ['store', 'publish', 'ai'], tag: ['store'], session: [] },
      );
      assert.deepEqual(retentionDays, { sleep: 90 });
      await editor.edit(id);
      await dialog.goTo('keep');
      assert.ok(await dialog.box('sleep', 'ai').isChecked());
      assert.ok(!(await dialog.box('session', 'store').isChecked()));
      assert.equal(await editor.page.inputValue('#oura-days-sleep'), '90');
      await editor.leave();
    });

    it('takes everything, or what is recommended, by one button', async () => {
      await addDemo();
      await dialog.next('keep');
      const stored = (): Promise<number> => editor.page.locator('[id^=oura-use-][id$=-store]:checked').count();
      await editor.page.click('#oura-all');
      assert.equal(await stored(), ENDPOINT_KEYS.length);
      assert.equal(await editor.page.locator('[id^=oura-use-][id$=-ai]:checked').count(), 0);
      await editor.page.click('#oura-recommended');
      assert.equal(await stored(), ENDPOINT_KEYS.length - 2);
      await dialog.cancel();
    });

    it('says where a person is: the current step by name, the focus on its heading, the page at its top', async () => {
      await addDemo();
      assert.deepEqual(await editor.page.locator('.oura-step').allInnerTexts(), ['1\nWho', '2\nKeep', '3\nDone']);
      await dialog.next('keep');
      assert.equal(await editor.ask<string>('activeField'), 'oura-heading-keep');
      assert.equal(await dialog.current(), 'keep');
      await editor.page.locator('.oura-step[data-step=who]', { hasText: 'answered' }).waitFor();
      await editor.page.locator('#oura-next').focus(); // far below
      await editor.page.press('#oura-next', 'Enter');
      await dialog.shown('done');
      assert.equal(await editor.ask<string>('activeField'), 'oura-heading-done');
      assert.ok(await editor.ask<boolean>('isInView', '.oura-steps'));
      await dialog.cancel();
    });

    it('leaves an account of another kind as it is when a person only looks', async () => {
      await editor.edit(ACCOUNT);
      await dialog.goTo('keep');
      await dialog.goTo('done');
      await editor.leave('save');
      assert.equal((await account(ACCOUNT)).redirectUri, '');
    });

    for (const name of ['Jürgen Groß', 'Łukasz & Øystein', 'İstanbul ısı']) {
      it(`makes the short name of ${name} as the topics will hold it`, async () => {
        await addDemo();
        await dialog.fill({ name });
        assert.equal((await saveDemo()).slug, slugOf(name));
      });
    }

    it('gives no two accounts the same short name', async () => {
      for (const expected of ['anna_2', 'anna_3']) {
        await addDemo();
        await dialog.fill({ name: 'Anna' });
        assert.equal((await saveDemo()).slug, expected);
      }
    });

    it('keeps the short name when the account gets another name', async () => {
      await editor.edit(ACCOUNT);
      await dialog.goTo('who');
      await dialog.fill({ name: 'Annabel' });
      await editor.leave('save');
      const { name, slug } = await account(ACCOUNT);
      assert.deepEqual({ name, slug }, { name: 'Annabel', slug: 'anna' });
    });

    it('tidies a short name that was typed in', async () => {
      await editor.edit(ACCOUNT);
      await dialog.goTo('who');
      await dialog.fill({ slug: 'My Ring/#1' });
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
        await dialog.goTo('who');
        await dialog.fill({ name: 'Berta' });
        await editor.page.press(dialog.field('name'), 'Enter');
        assert.equal(await editor.ask<boolean>('isDialogClosed'), false);
        await editor.page.press(dialog.field('name'), key);
        await editor.until('isDialogClosed');
        assert.equal((await account(ACCOUNT)).name, expected);
      }
    });

    it('does all that without an error', () => {
      assert.deepEqual(editor.faults, []);
    });
  });
}
