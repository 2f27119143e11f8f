/** Small files of one folder, named without a path. What is written stays private to this user. */
export interface Files {
  /** @returns null when there is no such file. @throws the system's error */
  read(name: string): string | null;
  /** Old or new content, nothing in between; durable when it returns. @throws the system's error */
  write(name: string, text: string): void;
  /** @returns false when there is one already: of several who try at once, one succeeds. @throws the system's error */
  create(name: string, text: string): boolean;
  /** Harmless when there is none. @throws the system's error */
  remove(name: string): void;
  /** @returns names, sorted; empty when there is no folder. @throws the system's error */
  names(): readonly string[];
}
