/** Tells a file from a copy of it, such as one put back from a backup. For files of the port Files, by the same names. */
export interface FileMarks {
  /** As `Files.write`, of a text that may hold the mark of the file it becomes. null = here a file cannot be told from its copy. */
  writeMarked(name: string, textOf: (mark: string | null) => string): void;
  /** Whether a file is the one that a mark was made for; false when there is none. @throws the system's error */
  hasMark(name: string, mark: string): boolean;
}
