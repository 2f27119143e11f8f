/**
 * What the editor and the server say to each other on `oura/account/<account id>/<action>` (permissions `oura-account.read` for GET,
 * `oura-account.write` for POST). `-` in place of an account id stands for none. Everything is JSON; a refusal is status 422 with
 * `Refusal`, or 4xx with the same body. Texts are codes: the editor translates `error.<code>` and `remedy.<code>` of the account node's
 * catalogue. No answer holds a token, a secret or a health value.
 */
import type { EndpointKey } from '../catalogue/endpoints';
import type { WebhookOverview } from './webhook-wire';

/** Texts of the dialog's fields, as typed: `${NAME}` is resolved on the server. Missing = empty. */
export interface DialogValues {
  readonly name?: string;
  readonly slug?: string;
  readonly mode?: string;
  readonly apiBase?: string;
  readonly authorizeUrl?: string;
  readonly tokenUrl?: string;
  readonly redirectUri?: string;
  readonly scopes?: string;
  readonly clientId?: string;
  /** `__PWRD__` = the one stored by the last Deploy; the same for `accessToken`. */
  readonly clientSecret?: string;
  readonly accessToken?: string;
  readonly seed?: string;
  readonly families?: Readonly<Record<string, readonly string[]>>;
  readonly retentionDays?: Readonly<Record<string, string | number>>;
  readonly historyDays?: string;
  readonly storage?: string;
  readonly interval?: string | number;
  readonly dailyBudget?: string | number;
  readonly timezone?: string;
  readonly onRemove?: string;
  readonly webhookUrl?: string;
}

export type DialogField = keyof DialogValues;
export const WIZARD_STEPS = ['who', 'application', 'authorise', 'token', 'test', 'keep', 'done'] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];

/** An error as it travels: a code of ERROR_CODES with the parameters of its text. */
export interface Told {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Why something was refused; `field` names the field to mark, null = none. */
export interface Refusal {
  readonly errors: readonly (Told & { readonly field: DialogField | null })[];
}

/** POST check { step, values }: whether a step is right. Answers 422 with Refusal when it is not. */
export interface CheckRequest {
  readonly step: WizardStep;
  readonly values: DialogValues;
}
export interface CheckAnswer {
  /** Fields whose value came from the environment. */
  readonly fromEnvironment: readonly DialogField[];
  /** Step application: which portal knows the application; null = Oura did not say, the sign-in will show. */
  readonly tokenUrl?: string | null;
}

/** POST start { values }: begins a sign-in. Open `authorizeUrl` in a new window. */
export interface StartRequest {
  readonly values: DialogValues;
}
export interface StartAnswer {
  readonly authorizeUrl: string;
  /** Epoch ms after which the answer comes too late. */
  readonly expiresAt: number;
}

/** GET progress; also the answer to POST paste { address }, POST confirm-person {} and POST cancel {}. */
export interface Progress {
  /**
   * none: nothing is under way and nothing kept · waiting: for the answer of Oura · working: the answer is being used · other_person: the
   * sign-in belongs to another person than before, confirm or cancel · signed_in · failed: see error, start again
   */
  readonly phase: 'none' | 'waiting' | 'working' | 'other_person' | 'signed_in' | 'failed';
  readonly error: Told | null;
  /** Granted permissions when signed in; null = not told by Oura. */
  readonly scopes: readonly string[] | null;
  /** Whether the account is signed in at the moment, whatever became of the last try. */
  readonly signedIn: boolean;
}
export interface PasteRequest {
  readonly address: string;
}

/** POST test { values }: who the sign-in belongs to and what it opens. */
export interface TestRequest {
  readonly values: DialogValues;
}
export interface TestAnswer {
  /** Person id (a hash); null in the sandbox. */
  readonly person: string | null;
  /** new: no data of this person here · same: as before · shared: another account has this person too · other: refused before writing. */
  readonly standing: 'new' | 'same' | 'shared' | 'other';
  /** Names of the other accounts of this person. */
  readonly sharedWith: readonly string[];
  readonly granted: readonly string[] | null;
  readonly families: readonly FamilyTest[];
}
export interface FamilyTest {
  readonly family: EndpointKey;
  readonly works: boolean;
  /** Why not; null when it works. */
  readonly error: Told | null;
}

/** GET -/found: what is there already and can be offered. */
export interface Found {
  /** Runs as an app (add-on) of Home Assistant. */
  readonly addOn: boolean;
  /** Those of OURA_TOKEN, OURA_CLIENT_ID, OURA_CLIENT_SECRET that are set. */
  readonly environment: readonly string[];
  /** Path of the callback below the address of Node-RED, such as `/endpoint/oura/oauth/callback`; null when HTTP nodes are switched off. */
  readonly callbackPath: string | null;
  /** HTTP nodes ask for a login of their own: the browser asks for it on the way back from Oura. */
  readonly callbackLogin: boolean;
}

/** Words of the state of an account, as in `oura-status`. */
export interface StateView {
  readonly kind: string;
  readonly percent?: number;
  /** epoch ms */
  readonly until?: number;
  readonly since?: number;
}

/** GET overview: what the sidebar shows of one account. Instants are ISO 8601. */
export interface Overview {
  readonly deployed: boolean;
  /** The account's time: the machine's, or that of a demo; null = it does not run yet. */
  readonly at: string | null;
  readonly mode: string;
  readonly slug: string;
  readonly person: string | null;
  readonly state: StateView;
  readonly problems: readonly (Told & { readonly family: EndpointKey | null })[];
  /** Name of the account whose sign-in is used when several share a person; null = its own. */
  readonly sharedWith: string | null;
  readonly storage: 'disk' | 'memory' | null;
  readonly nextAt: string | null;
  readonly requests: {
    readonly day: string;
    readonly used: number;
    readonly limit: number;
    /** 24 numbers, by local hour. */
    readonly byHour: readonly number[];
  } | null;
  readonly scopes: readonly string[] | null;
  readonly signedIn: boolean;
  /** ISO instant until which the debug log runs; null = it does not. */
  readonly debugUntil: string | null;
  /** null = the account cannot have any, or none were asked for. */
  readonly webhooks: WebhookOverview | null;
  readonly families: readonly FamilyOverview[];
}
export interface FamilyOverview {
  readonly family: EndpointKey;
  readonly newestDay: string | null;
  readonly fetchedAt: string | null;
  readonly nextAt: string | null;
  /** Why there is nothing newer, one of the reasons of DESIGN; null = all is well. */
  readonly reason: string | null;
  readonly error: string | null;
}

/** POST check-everything {}: one finding per check, the ones that need a person first. */
export interface Findings {
  readonly findings: readonly Finding[];
}
export interface Finding {
  /** Key of a text `check.<check>` of the sidebar's catalogue. */
  readonly check: string;
  readonly level: 'ok' | 'notice' | 'problem';
  /** What was found when it is not ok; its remedy is `remedy.<code>`. */
  readonly found: Told | null;
}

/** POST refresh {}: Oura was asked for what is new. */
export interface RefreshAnswer {
  /** Families of data that could not be read. */
  readonly failed: number;
}

/** POST export {}: where the archive was written. */
export interface ExportAnswer {
  /** Below the user directory, `oura/exports/…`. */
  readonly file: string;
  readonly documents: number;
  readonly rows: number;
  readonly bytes: number;
}

/** POST erase { confirm }: deletes everything of the account's person. `confirm` = the account's slug. */
export interface EraseRequest {
  readonly confirm: string;
}

/** GET -/orphans: data that belongs to no account of the flows. */
export interface Orphans {
  readonly persons: readonly Orphan[];
}
export interface Orphan {
  readonly person: string;
  readonly slugs: readonly string[];
  readonly documents: number;
  readonly sizeBytes: number;
  readonly newestDay: string | null;
}
/** POST -/adopt: gives a person's data to an account. POST -/delete-orphan: `confirm` = the person id. */
export interface AdoptRequest {
  readonly person: string;
  readonly account: string;
}
export interface DeleteOrphanRequest {
  readonly person: string;
  readonly confirm: string;
}
/** POST debug { on }: the debug log of an account for LIMITS.debugLogMs. */
export interface DebugRequest {
  readonly on: boolean;
}
/** Topic of RED.comms that says "look again"; its message is `{}`. */
export const LIVE_TOPIC = 'oura/live';
