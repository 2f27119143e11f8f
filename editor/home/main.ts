import css from '../account/account.css';
import { addStyle } from '../support/add-style';
import { fillField } from '../support/fill-field';
import { HomeDialog } from './home-dialog';

const VERSION = 1;
/** What a new node starts with where Node-RED leaves a field empty. */
const DEFAULTS = { via: 'url', entities: 'mqtt', discoveryPrefix: 'homeassistant' } as const;

interface SavedNode extends EditorNode {
  version?: unknown;
}

/** The dialog that is open; Node-RED opens one of a type at a time. */
let open: HomeDialog | null = null;

addStyle('oura-account-style', css);

/** The dialog was opened. */
export function prepare(node: EditorNode): void {
  for (const [name, fallback] of Object.entries(DEFAULTS)) fillField(name, node[name as keyof typeof DEFAULTS] ?? '', fallback); // its own keys
  const root = document.querySelector<HTMLElement>('#oura-home');
  const isNew = (RED.nodes.node(node.id) ?? null) === null;
  open = root === null ? null : new HomeDialog(node, root, isNew);
}

/** The dialog is saved: puts into the node what the fields do not say themselves. */
export function save(node: SavedNode): void {
  node.version = Math.max(VERSION, Number(node.version ?? VERSION));
  close();
}

/** The dialog is closed. */
export function close(): void {
  open?.close();
  open = null;
}
