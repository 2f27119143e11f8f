import type { Context } from './context';
import type { Panel } from './panel';
import { AccountPanel } from './panels/account-panel';
import { ApplicationPanel } from './panels/application-panel';
import { AuthorisePanel } from './panels/authorise-panel';
import { DonePanel } from './panels/done-panel';
import { KeepPanel } from './panels/keep-panel';
import { TestPanel } from './panels/test-panel';
import { TokenPanel } from './panels/token-panel';
import { WhoPanel } from './panels/who-panel';
import { WebhookSection } from './webhook-section';
import type { Step } from './steps-of';

/** A panel for each step. */
export interface Panels extends Readonly<Record<Step, Panel>> {
  readonly authorise: AuthorisePanel;
  readonly keep: KeepPanel;
}

/** Makes what the steps do. */
export function makePanels(context: Context): Panels {
  const authorise = new AuthorisePanel(context);
  const test = new TestPanel(context);
  return {
    account: new AccountPanel(context),
    who: new WhoPanel(context),
    application: new ApplicationPanel(context),
    authorise,
    token: new TokenPanel(context),
    test,
    keep: new KeepPanel(context, new WebhookSection(context)),
    done: new DonePanel(context, () => test.isPassed),
  };
}
