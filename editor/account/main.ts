import { addStyle } from '../support/add-style';
import { fillField } from '../support/fill-field';
import css from './account.css';
import { AccountDialog } from './dialog';
import { slugFor } from './slug-for';

const VERSION = 2;
/** What a new account starts with where Node-RED leaves a field empty. */
const DEFAULTS = { mode: 'oauth2', storage: 'disk', interval: '15', dailyBudget: '5000', onRemove: 'keep' } as const;

/** What an account gets when its dialog is saved, besides its fields. */
interface SavedNode extends EditorNode {
  families?: unknown;
  retentionDays?: unknown;
  version?: unknown;
}

/** The dialog that is open. Node-RED opens one of an account at a time, and does not open one within another. */
let open: AccountDialog | null = null;

addStyle('oura-account-style', css);

/** The dialog of an account was opened. */
export function prepare(node: EditorNode): void {
  for (const [name, fallback] of Object.entries(DEFAULTS)) fillField(name, node[name as keyof typeof DEFAULTS] ?? '', fallback); // its own keys
  const root = document.querySelector<HTMLElement>('#oura-wizard');
  const isNew = (RED.nodes.node(node.id) ?? null) === null;
  open = root === null ? null : new AccountDialog(node, root, isNew);
}

/** The dialog is saved: puts into node and fields what the fields do not say themselves. */
export function save(node: SavedNode): void {
  if (open === null) return;
  const { fields, properties } = open;
  fields.input('slug').value = slugFor(fields.get('slug'), fields.get('name'), takenSlugs(node));
  node.families = properties.families;
  node.retentionDays = properties.retentionDays;
  node.version = Math.max(VERSION, Number(node.version ?? VERSION));
  close(false);
}

/** The dialog was closed without saving. */
export function cancel(): void {
  close(true);
}

function close(cancelled: boolean): void {
  open?.close(cancelled);
  open = null;
}

function takenSlugs(node: EditorNode): ReadonlySet<string> {
  const taken = new Set<string>();
  RED.nodes.eachConfig((config) => {
    if (config.type === node.type && config.id !== node.id && config.slug !== undefined) taken.add(config.slug);
    return true;
  });
  return taken;
}
