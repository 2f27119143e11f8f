import { checkStep } from '../check-step';
import type { Context } from '../context';
import { FamilyTable } from '../family-table';
import { fullChoice, recommendedChoice, savedChoice, type Choice } from '../family-choice';
import type { Panel } from '../panel';
import { partOf } from '../part-of';
import { RetentionRows } from '../retention-rows';
import type { WebhookSection } from '../webhook-section';

/** What is fetched, what is done with it, and for how long it is kept. */
export class KeepPanel implements Panel {
  readonly #context: Context;
  readonly #families: FamilyTable;
  readonly #retention: RetentionRows;
  readonly #webhooks: WebhookSection;

  constructor(context: Context, webhooks: WebhookSection) {
    this.#context = context;
    this.#webhooks = webhooks;
    const { node, isNew, root, t } = context;
    const choice = isNew ? recommendedChoice(FAMILIES) : savedChoice(FAMILIES, node.families);
    this.#families = new FamilyTable(partOf(root, '#oura-families'), t, FAMILIES, choice);
    this.#retention = new RetentionRows(partOf(root, '#oura-retention-rows'), t, FAMILIES, node.retentionDays);
    this.#preset('#oura-recommended', recommendedChoice(FAMILIES));
    this.#preset('#oura-all', fullChoice(FAMILIES));
  }

  /** What the account saves of it besides its fields. */
  get properties(): { readonly families: Choice; readonly retentionDays: Readonly<Record<string, string | number>> } {
    return { families: this.#families.choice, retentionDays: this.#retention.days };
  }

  shown(): void {
    this.#webhooks.shown();
  }

  answer(): Promise<boolean> {
    return checkStep(this.#context, 'keep');
  }

  #preset(selector: string, choice: Choice): void {
    const button = partOf(this.#context.root, selector);
    button.addEventListener('click', () => {
      this.#families.choose(choice);
      button.dispatchEvent(new Event('change', { bubbles: true })); // the step was changed
    });
  }
}
