import type { DialogField, DialogValues, Found } from '../../lib/accounts/wire';
import { accountTexts } from '../support/account-texts';
import { askServer } from '../support/ask-server';
import { Refused } from '../support/refused';
import { Unanswered } from '../support/unanswered';
import { AddButton } from './add-button';
import type { Context } from './context';
import { Fields } from './fields';
import { makePanels, type Panels } from './make-panels';
import { Messages } from './messages';
import type { Panel } from './panel';
import { partOf } from './part-of';
import { StepBar } from './step-bar';
import { StepState } from './step-state';
import type { Step } from './steps-of';
import { Tasks } from './tasks';

const t = accountTexts;

/** The dialog of an account: opens its steps one after the other and keeps what was answered. */
export class AccountDialog {
  readonly #root: HTMLElement;
  readonly #isNew: boolean;
  readonly #fields: Fields;
  readonly #messages: Messages;
  readonly #tasks: Tasks;
  readonly #state: StepState;
  readonly #bar: StepBar;
  readonly #add: AddButton;
  readonly #panels: Panels;
  readonly #closing = new AbortController();

  /** @param root holds everything of the dialog @param isNew whether the account is not part of the flows yet */
  constructor(node: EditorNode, root: HTMLElement, isNew: boolean) {
    this.#root = root;
    this.#isNew = isNew;
    this.#fields = new Fields(root, t);
    this.#messages = new Messages(this.#part('#oura-messages'));
    this.#tasks = new Tasks(t, this.#fields, this.#messages, (field) => {
      this.#goTo(field);
    });
    this.#state = new StepState(() => this.#fields.get('mode'), isNew);
    this.#bar = new StepBar(this.#part('#oura-steps'), t, (step) => {
      this.#open(step);
    });
    this.#add = new AddButton(t('oura-account.wizard.addLater'), this.#closing.signal);
    this.#panels = makePanels(this.#context(node));
    this.#listen();
    this.#showMode();
    this.#show();
  }

  get fields(): Fields {
    return this.#fields;
  }

  /** What goes into the node besides its fields. */
  get properties(): Panels['keep']['properties'] {
    return this.#panels.keep.properties;
  }

  /** @param cancelled whether the sign-in that was begun here is of no use now */
  close(cancelled: boolean): void {
    this.#closing.abort();
    if (cancelled) this.#panels.authorise.abandon();
  }

  #context(node: EditorNode): Context {
    return {
      node,
      isNew: this.#isNew,
      root: this.#root,
      t,
      fields: this.#fields,
      found: found(),
      closing: this.#closing.signal,
      values: (): DialogValues => ({ ...this.#fields.values(this.#state.steps), ...this.properties }),
      ask: <Answer>(action: string, body?: object) => askServer<Answer>(node.id, action, body),
      run: (button, task) => {
        this.#tasks.run(button, task);
      },
      report: (error) => {
        this.#tasks.report(error);
      },
      say: (text) => {
        this.#messages.show([{ text }]);
      },
      open: (step) => {
        this.#open(step);
      },
      changed: () => {
        this.#update();
      },
    };
  }

  #listen(): void {
    const changed = ({ target }: Event): void => {
      const panel = target instanceof Element ? target.closest<HTMLElement>('.oura-panel') : null;
      if (panel === null) return;
      this.#state.change(panel.dataset['step'] as Step); // the page names its panels after the steps
      this.#update();
    };
    for (const event of ['input', 'change']) this.#root.addEventListener(event, changed);
    this.#fields.input('mode').addEventListener('change', () => {
      this.#showMode();
    });
    this.#part('#oura-back').addEventListener('click', () => {
      this.#open(this.#state.neighbour(this.#state.current, -1));
    });
    const next = this.#part('#oura-next');
    next.addEventListener('click', () => {
      this.#tasks.run(next, () => this.#next());
    });
    this.#part('#oura-later').addEventListener('click', () => {
      this.#answer(this.#panel.later?.() ?? []);
    });
  }

  async #next(): Promise<void> {
    const step = this.#state.current;
    const place = this.#panelOf(step);
    place.inert = true; // what was checked is what goes on
    try {
      if (!(await this.#panel.answer()) || this.#closing.signal.aborted) return;
    } finally {
      place.inert = false;
    }
    this.#answer([step]);
  }

  #answer(steps: readonly Step[]): void {
    const last = steps.at(-1);
    if (last === undefined) return;
    this.#state.answer(steps);
    this.#open(this.#state.neighbour(last, 1));
  }

  #goTo(field: DialogField): void {
    const step = this.#fields.stepOf(field);
    if (step === undefined) return;
    this.#open(step as Step); // the page names its panels after the steps
    this.#fields.focus(field);
  }

  #open(step: Step): void {
    if (!this.#state.open(step)) return;
    this.#show();
    this.#part(`#oura-heading-${step}`).focus({ preventScroll: true });
    this.#root.scrollIntoView();
  }

  #show(): void {
    const { current } = this.#state;
    this.#messages.show([]);
    for (const panel of this.#root.querySelectorAll<HTMLElement>('.oura-panel')) panel.hidden = panel.dataset['step'] !== current;
    this.#update();
    this.#panel.shown?.();
  }

  #update(): void {
    const { steps, current, answered, isComplete } = this.#state;
    this.#bar.show({ steps, current, answered, isOpen: (step) => this.#state.isOpen(step) });
    this.#part('#oura-back').hidden = steps[0] === current;
    this.#part('#oura-next').hidden = steps.at(-1) === current;
    this.#part('#oura-later').hidden = !this.#isNew || (this.#panel.later?.() ?? []).length === 0;
    if (this.#isNew) this.#add.ready = isComplete;
  }

  /** Shows the rows of the chosen kind of data; the addresses belong to the step that uses them. */
  #showMode(): void {
    const mode = this.#fields.get('mode');
    for (const row of this.#root.querySelectorAll<HTMLElement>('.oura-mode-row')) row.hidden = !row.classList.contains(`oura-mode-${mode}`);
    const home: Readonly<Record<string, Step>> = { token: 'token', sandbox: 'who' };
    this.#panelOf(home[mode] ?? 'application').append(this.#part('#oura-advanced'));
    this.#part(mode === 'token' ? '#oura-client-of-token' : '#oura-client-place').append(this.#part('#oura-client'));
  }

  /** What the current step does. */
  get #panel(): Panel {
    return this.#panels[this.#state.current];
  }

  #panelOf(step: Step): HTMLElement {
    return this.#part(`.oura-panel[data-step=${step}]`);
  }

  #part(selector: string): HTMLElement {
    return partOf(this.#root, selector);
  }
}

/** What is there already; null when the server does not tell, which a person will notice by other questions. */
async function found(): Promise<Found | null> {
  try {
    return await askServer<Found>('-', 'found');
  } catch (error) {
    if (error instanceof Refused || error instanceof Unanswered) return null;
    throw error;
  }
}
