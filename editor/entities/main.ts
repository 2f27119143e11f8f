import { addStyle } from '../support/add-style';
import { ChoiceList } from './choice-list';
import { isEverything, savedChoice, type Choice } from './choice';
import css from './entities.css';

interface EntitiesNode {
  groups?: unknown;
  metrics?: unknown;
  readonly _: Translate;
}

interface Dialog {
  readonly everything: HTMLInputElement;
  readonly list: ChoiceList;
}

let open: Dialog | null = null;

/** Fills the dialog of an oura-entities node. */
export function prepare(node: EntitiesNode): void {
  addStyle('oura-entities-style', css);
  const choice = savedChoice(node.groups, node.metrics);
  const list = new ChoiceList((key, params) => node._(key, params), ENTITY_GROUPS, choice);
  const place = document.querySelector<HTMLElement>('#oura-choice-list');
  const everything = document.querySelector<HTMLInputElement>('input[name="oura-choice-kind"][value="everything"]');
  const some = document.querySelector<HTMLInputElement>('input[name="oura-choice-kind"][value="some"]');
  if (place === null || everything === null || some === null) throw new Error('The dialog lacks its choice.');
  place.replaceChildren(list.element);
  everything.checked = isEverything(choice);
  some.checked = !everything.checked;
  const show = (): void => {
    place.hidden = everything.checked;
  };
  everything.addEventListener('change', show);
  some.addEventListener('change', show);
  show();
  open = { everything, list };
}

/** Puts what was chosen into the node. */
export function save(node: EntitiesNode): void {
  if (open === null) return;
  const { everything, list } = open;
  const choice: Choice = everything.checked ? { groups: [], metrics: [] } : list.choice;
  node.groups = [...choice.groups];
  node.metrics = [...choice.metrics];
  open = null;
}
