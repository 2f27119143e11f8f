/** Chance, injected: jitter, ids, keys. */
export interface Random {
  /** The next number in [0, 1). Not for secrets. */
  next(): number;
  /** Bytes nobody can guess: states, verifiers, keys. */
  bytes(length: number): Uint8Array;
}
