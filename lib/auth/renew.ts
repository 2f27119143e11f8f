import { OuraError } from '../errors/oura-error';
import { systemCode } from '../errors/system-code';
import { toOuraError } from '../errors/to-oura-error';
import type { OAuth } from '../ports/oauth';
import type { KeptTokens, TokenSet, TokenStore } from '../ports/token-store';
import { mayHaveSpent } from './may-have-spent';
import { onDisk } from './on-disk';
import { RenewalNotes, type RenewalNotesPorts } from './renewal-notes';
import type { Renewal, RenewalOrder } from './token-requests';

/** Between two looks at whether another renewal has ended; a random part keeps two from waiting for each other for ever. */
const LOOK_MS = 50;

export interface RenewPorts extends RenewalNotesPorts {
  readonly store: TokenStore;
  readonly oauth: OAuth;
}

/** Loads, refreshes and saves, in whatever process: see TokenRequests.renew. Never aborted, but bounded by the limits of its parts. */
export async function renew(order: RenewalOrder, ports: RenewPorts): Promise<Renewal> {
  const notes = new RenewalNotes(order.accountId, ports);
  const beginning = await begin(order, ports, notes);
  if (beginning.renewed !== null) return { tokens: beginning.renewed, unsaved: null };
  const answer = await ports.oauth.refresh(order.application, order.held).catch(toOuraError);
  if (answer instanceof OuraError) throw explained(answer, order, notes, beginning);
  return save(answer, order, ports, notes);
}

interface Beginning {
  /** Tokens that another has renewed; null = it is ours to renew, and a note says so. */
  readonly renewed: TokenSet | null;
  /** The kept tokens come from a backup or from elsewhere. */
  readonly isCopy: boolean;
  /** An earlier renewal of the same token ended without an answer. */
  readonly isUncertain: boolean;
}

/** Waits for its turn. */
async function begin(order: RenewalOrder, ports: RenewPorts, notes: RenewalNotes): Promise<Beginning> {
  const { clock, random } = ports;
  const { signal } = new AbortController(); // nothing ends a renewal
  for (;;) {
    const first = look(order, ports.store, notes);
    if (first.renewed !== null) return first;
    if (onDisk(() => isOurTurn(order, notes))) return lookAgain(order, ports.store, notes);
    await clock.delay(LOOK_MS * (1 + random.next()), signal);
  }
}

function isOurTurn({ held }: RenewalOrder, notes: RenewalNotes): boolean {
  if (notes.othersAtWork()) return false;
  notes.begin(held.refreshToken);
  if (!notes.othersAtWork()) return true;
  notes.withdraw();
  return false;
}

/** Now that no one else is at it, what is kept stays as it is. */
function lookAgain(order: RenewalOrder, store: TokenStore, notes: RenewalNotes): Beginning {
  let isOurs = false;
  try {
    const beginning = look(order, store, notes);
    isOurs = beginning.renewed === null;
    return beginning;
  } finally {
    if (!isOurs)
      onDisk(() => {
        notes.withdraw();
      });
  }
}

/** @throws OuraError `sign_in_needed` when nothing is kept any more, or the tokens are another application's */
function look({ accountId, application, held }: RenewalOrder, store: TokenStore, notes: RenewalNotes): Beginning {
  const kept = store.load(accountId);
  if (kept === null || application.clientId !== held.clientId) throw new OuraError('sign_in_needed');
  const isUncertain = onDisk(() => notes.isUncertain(held.refreshToken));
  return { renewed: renewedByOthers(held, kept), isCopy: kept.foreign, isUncertain };
}

/** Kept tokens other than the held ones come from another renewal, but older ones of a copy were put back while we ran. */
function renewedByOthers(held: TokenSet, { tokens, foreign }: KeptTokens): TokenSet | null {
  const isSame = tokens.refreshToken === held.refreshToken;
  return isSame || (foreign && tokens.obtainedAt < held.obtainedAt) ? null : tokens;
}

function explained(error: OuraError, { held }: RenewalOrder, notes: RenewalNotes, { isCopy, isUncertain }: Beginning): OuraError {
  tidy(notes, isUncertain || mayHaveSpent(error) ? held.refreshToken : null);
  if (error.code !== 'grant_ended') return error;
  if (isCopy) return new OuraError('grant_copied');
  return isUncertain ? new OuraError('grant_lost') : error;
}

/** Saves what Oura issued, but not over a sign-in or a sign-out that came in between. */
function save(tokens: TokenSet, { accountId, held }: RenewalOrder, { store }: RenewPorts, notes: RenewalNotes): Renewal {
  try {
    const kept = store.load(accountId);
    if (kept === null) {
      tidy(notes, null);
      throw new OuraError('sign_in_needed');
    }
    const newer = renewedByOthers(held, kept);
    if (newer === null) store.save(accountId, tokens);
    tidy(notes, null);
    return { tokens: newer ?? tokens, unsaved: null };
  } catch (cause) {
    const error = toOuraError(cause);
    if (error.code === 'sign_in_needed') throw error;
    return { tokens, unsaved: error }; // the note stays: should these tokens be lost, it says why
  }
}

/** A note that cannot be taken down says too little, not too much: it is looked at only together with its own token. */
function tidy(notes: RenewalNotes, uncertain: string | null): void {
  try {
    notes.settle(uncertain);
  } catch (cause) {
    if (systemCode(cause) === null) throw cause;
  }
}
