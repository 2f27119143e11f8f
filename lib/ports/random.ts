/** Chance, injected: jitter and ids. */
export interface Random {
  /** The next number in [0, 1). */
  next(): number;
}
