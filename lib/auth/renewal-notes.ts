import { createHash } from 'node:crypto';
import * as z from 'zod';
import { LIMITS } from '../catalogue/limits';
import type { Clock } from '../ports/clock';
import type { Files } from '../ports/files';
import type { Random } from '../ports/random';
import { checkAccountId } from './check-account-id';

const NAME_BYTES = 6;

const noteSchema = z.object({
  /** The process at work; null = it has ended without knowing what became of the token. */
  pid: z.number().int().positive().nullable(),
  /** epoch ms */
  at: z.number(),
  /** Digest of the refresh token that is being spent. */
  spent: z.string(),
});
type Note = z.infer<typeof noteSchema>;

export interface RenewalNotesPorts {
  readonly files: Files;
  readonly clock: Clock;
  readonly random: Random;
  /** The own process, and whether another one is there. */
  readonly pid: number;
  readonly isAlive: (pid: number) => boolean;
}

/**
 * Notes that renewals of one account leave in the folder of the tokens, `<account id>.renewing-<random>`: who is at it, since when, with
 * which token. Each renewal puts up its own note first and looks for others second, so of two that begin at once at least one sees the
 * other, and no dead process can stand in the way. A note that is left over tells that the answer to a renewal is not known.
 */
export class RenewalNotes {
  readonly #ports: RenewalNotesPorts;
  readonly #prefix: string;
  readonly #own: string;

  constructor(accountId: string, ports: RenewalNotesPorts) {
    checkAccountId(accountId);
    this.#ports = ports;
    this.#prefix = `${accountId}.renewing-`;
    this.#own = this.#prefix + Buffer.from(ports.random.bytes(NAME_BYTES)).toString('hex');
  }

  /** Whether another renewal is at work: its process lives and began not long ago. @throws the system's error */
  othersAtWork(): boolean {
    return this.#others().some(({ note }) => this.#isAtWork(note));
  }

  /** @throws the system's error; then no renewal must begin */
  begin(refreshToken: string): void {
    const { clock, pid } = this.#ports;
    this.#write({ pid, at: clock.now(), spent: digest(refreshToken) });
  }

  /** Takes the own note down. @throws the system's error */
  withdraw(): void {
    this.#ports.files.remove(this.#own);
  }

  /** Whether an earlier renewal with this token ended without an answer. @throws the system's error */
  isUncertain(refreshToken: string): boolean {
    return this.#others().some(({ note }) => !this.#isAtWork(note) && note.spent === digest(refreshToken));
  }

  /**
   * Takes down all notes but those of others at work.
   * @param uncertain a refresh token whose fate is not known leaves one note, which outlives this process; null = all is clear
   * @throws the system's error
   */
  settle(uncertain: string | null): void {
    const { clock, files } = this.#ports;
    if (uncertain !== null) this.#write({ pid: null, at: clock.now(), spent: digest(uncertain) });
    for (const { name, note } of this.#others()) if (!this.#isAtWork(note)) files.remove(name);
    if (uncertain === null) this.withdraw();
  }

  #others(): readonly { readonly name: string; readonly note: Note }[] {
    const { files } = this.#ports;
    const names = files.names().filter((name) => name.startsWith(this.#prefix) && name !== this.#own);
    return names.flatMap((name) => {
      const note = readNote(files.read(name));
      return note === null ? [] : [{ name, note }];
    });
  }

  #isAtWork({ pid, at }: Note): boolean {
    const { clock, isAlive } = this.#ports;
    return pid !== null && Math.abs(clock.now() - at) < LIMITS.renewalPatienceMs && isAlive(pid);
  }

  #write(note: Note): void {
    this.#ports.files.write(this.#own, JSON.stringify(note));
  }
}

/** @returns null when it is gone meanwhile, or is none of ours */
function readNote(text: string | null): Note | null {
  if (text === null) return null;
  try {
    return noteSchema.parse(JSON.parse(text));
  } catch {
    return null; // written as a whole, so somebody else wrote it
  }
}

/** Refresh tokens cannot be guessed, so neither can they be found from their digest. */
function digest(refreshToken: string): string {
  return createHash('sha256').update(refreshToken).digest('hex');
}
