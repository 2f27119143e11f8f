/** A promise to be settled from outside. */
export interface Promised<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** `Promise.withResolvers`, which the language level of this project does not know yet. */
export function promised<T>(): Promised<T> {
  const parts: Partial<{ resolve: (value: T) => void; reject: (error: Error) => void }> = {};
  const promise = new Promise<T>((resolve, reject) => {
    Object.assign(parts, { resolve, reject });
  });
  return { promise, ...(parts as Omit<Promised<T>, 'promise'>) }; // the executor has run
}
