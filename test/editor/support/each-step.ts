import type { TestAnswer } from '../../../lib/accounts/wire';
import type { Step } from '../../../editor/account/steps-of';
import { ENDPOINT_KEYS } from '../../../lib/catalogue/endpoints';
import { AccountDialog } from './account-dialog';
import type { Editor } from './editor';

const MODES = ['oauth2', 'token', 'demo', 'sandbox'] as const;
/** Something of everything the step of the test can show. */
const TESTED: TestAnswer = {
  person: '0123456789ab',
  standing: 'shared',
  sharedWith: ['Anna'],
  granted: ['personal', 'daily'],
  families: ENDPOINT_KEYS.map((family, index) => ({
    family,
    works: index % 2 === 0,
    error: index % 2 === 0 ? null : { code: 'scope_missing', params: { scope: 'workout' } },
  })),
};

/** Where in the dialog of an account somebody is. */
export interface Place {
  readonly mode: string;
  readonly step: Step;
}

/**
 * Goes through every step of every mode in the open dialog of an account that is there already, everything unfolded. The test is answered
 * without Oura: how it looks is the matter here.
 */
export async function eachStep(editor: Editor, look: (place: Place) => Promise<void>): Promise<void> {
  const dialog = new AccountDialog(editor);
  const answered = /\/oura\/account\/\w+\/test$/;
  await editor.page.route(answered, (route) => route.fulfill({ json: TESTED }));
  for (const mode of MODES) {
    await dialog.goTo('who');
    await dialog.fill({ mode });
    for (const step of await dialog.openSteps()) {
      await dialog.goTo(step);
      await settled(editor, step);
      await editor.ask('unfold');
      await look({ mode, step });
    }
  }
  await editor.page.unroute(answered);
}

/** What a step asks the server for when it opens is shown. */
async function settled(editor: Editor, step: Step): Promise<void> {
  const filled: Readonly<Partial<Record<Step, string>>> = {
    account: '#oura-state :first-child',
    authorise: '#oura-sign-in-state p',
    test: '#oura-test table',
    done: '#oura-done p',
  };
  const selector = filled[step];
  if (selector !== undefined) await editor.page.locator(selector).first().waitFor();
}
