/** Properties of a node as a flow holds them. */
export type Saved = Readonly<Record<string, unknown>>;

type Migration = (saved: Saved) => Saved;

/** Version 2 brought the sign-in by OAuth2. */
function accountTo2(saved: Saved): Saved {
  return { authorizeUrl: '', tokenUrl: '', redirectUri: '', scopes: '', onRemove: 'keep', webhookUrl: '', ...saved };
}

/** What brings a node of version 1 to 2, 2 to 3 … Nothing here is ever removed or changed: flows of every version live on. */
const MIGRATIONS: Readonly<Record<string, readonly Migration[]>> = { 'oura-account': [accountTo2] };

/** The version that nodes of a type are saved with today. */
export function versionOf(type: string): number {
  return 1 + (MIGRATIONS[type] ?? []).length;
}

/** Brings a node that an earlier version saved up to today's properties. Pure; one of a later version stays as it is. */
export function migrate(type: string, saved: Saved): Saved {
  const version = typeof saved['version'] === 'number' ? saved['version'] : 1;
  const steps = (MIGRATIONS[type] ?? []).slice(version - 1);
  return steps.reduce<Saved>((node, step, index) => ({ ...step(node), version: version + index + 1 }), saved);
}
