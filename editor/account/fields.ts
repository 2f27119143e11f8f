import type { DialogField, DialogValues, Refusal } from '../../lib/accounts/wire';
import { element } from '../support/element';
import { toldText } from '../support/told-text';

type Told = Refusal['errors'][number];
type Input = HTMLInputElement | HTMLSelectElement;

const NAMES = [
  'name',
  'slug',
  'mode',
  'apiBase',
  'authorizeUrl',
  'tokenUrl',
  'redirectUri',
  'scopes',
  'clientId',
  'clientSecret',
  'accessToken',
  'seed',
  'historyDays',
  'storage',
  'interval',
  'dailyBudget',
  'timezone',
  'onRemove',
  'webhookUrl',
] as const satisfies readonly DialogField[];
export type FieldName = (typeof NAMES)[number];
/** What stands for a property that is no single field. */
const PLACES: Readonly<Partial<Record<DialogField, string>>> = {
  families: '#oura-families',
  retentionDays: '#oura-retention',
  scopes: '#oura-scopes',
};

/** The fields of the dialog: their values, and what the server said about them. */
export class Fields {
  readonly #root: HTMLElement;
  readonly #t: Translate;
  readonly #refused = new Set<DialogField>();

  constructor(root: HTMLElement, t: Translate) {
    this.#root = root;
    this.#t = t;
    for (const name of NAMES) {
      const forget = (): void => {
        this.#clear(name);
      };
      this.input(name).addEventListener('input', forget);
      this.input(name).addEventListener('change', forget);
    }
    // Node-RED judges all fields when one changes, and takes our marks away.
    const mark = (): void => {
      for (const field of this.#refused) this.#place(field).classList.add('input-error');
    };
    for (const event of ['change', 'keyup', 'paste']) root.addEventListener(event, mark);
  }

  input(name: FieldName): Input {
    const found = this.#root.querySelector<Input>(`#node-config-input-${name}`);
    if (found === null) throw new Error(`there is no field ${name}`);
    return found;
  }

  get(name: FieldName): string {
    return this.input(name).value.trim();
  }

  /** Changes a field as a person would: whoever listens to it notices. */
  set(name: FieldName, value: string): void {
    const input = this.input(name);
    input.value = value;
    for (const event of ['input', 'change']) input.dispatchEvent(new Event(event, { bubbles: true }));
  }

  /** The values of the fields in these steps: those of another kind of data are nobody's business. */
  values(steps: readonly string[]): DialogValues {
    const used = NAMES.filter((name) => steps.includes(this.stepOf(name) ?? ''));
    return Object.fromEntries(used.map((name) => [name, this.get(name)]));
  }

  /** Marks what was refused and moves the focus to the first of it. @returns what belongs to no field in sight */
  refuse(errors: readonly Told[]): readonly Told[] {
    const inSight = errors.filter(({ field }) => field !== null && this.#isInSight(field));
    for (const error of inSight) this.#refuse(error);
    const [first] = inSight;
    if (first !== undefined && first.field !== null) this.focus(first.field);
    return errors.filter((error) => !inSight.includes(error));
  }

  /** Moves the focus to what stands for a property. */
  focus(field: DialogField): void {
    const place = this.#place(field);
    for (let at: Element | null = place; at !== null; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
    const within = place.querySelector<HTMLElement>('input.input-error') ?? place.querySelector('input');
    (within ?? place).focus();
  }

  /** The step whose panel holds what stands for a property. */
  stepOf(field: DialogField): string | undefined {
    return this.#place(field).closest<HTMLElement>('.oura-panel')?.dataset['step'];
  }

  /** Says of the fields of a panel which of them came from the environment. */
  markEnvironment(panel: Element, fields: readonly DialogField[]): void {
    for (const name of NAMES.filter((one) => panel.contains(this.input(one)))) {
      this.#note(name, 'environment', fields.includes(name) ? this.#t('oura-account.wizard.fromEnvironment') : null);
    }
  }

  #refuse(error: Told): void {
    if (error.field === null) return;
    this.#refused.add(error.field);
    const place = this.#place(error.field);
    place.classList.add('input-error');
    place.setAttribute('aria-invalid', 'true');
    this.#note(error.field, 'error', toldText(this.#t, error));
  }

  #clear(field: DialogField): void {
    this.#note(field, 'environment', null);
    if (!this.#refused.delete(field)) return;
    const place = this.#place(field);
    place.classList.remove('input-error');
    place.removeAttribute('aria-invalid');
    this.#note(field, 'error', null);
  }

  /** A line below a field that describes it, or none. */
  #note(field: DialogField, kind: 'error' | 'environment', text: string | null): void {
    const place = this.#place(field);
    const id = `oura-${kind}-${field}`;
    const others = (place.getAttribute('aria-describedby') ?? '').split(' ').filter((one) => one !== '' && one !== id);
    this.#root.querySelector(`#${id}`)?.remove();
    const described = text === null ? others : [...others, id];
    if (described.length === 0) place.removeAttribute('aria-describedby');
    else place.setAttribute('aria-describedby', described.join(' '));
    if (text === null) return;
    const note = element('p', { class: `oura-note oura-note-${kind}`, id }, text);
    const control = place.closest('.oura-control');
    if (control === null) place.after(note);
    else control.append(note);
  }

  #place(field: DialogField): HTMLElement {
    const selector = PLACES[field] ?? `#node-config-input-${field}`;
    const found = this.#root.querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`nothing stands for ${field}`);
    return found;
  }

  #isInSight(field: DialogField): boolean {
    return this.#place(field).closest('.oura-panel')?.hasAttribute('hidden') === false;
  }
}
