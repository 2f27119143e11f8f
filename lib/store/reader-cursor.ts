/** How far one reader of the change log has come. */
export interface ReaderCursor {
  readonly reader: string;
  readonly seq: number;
  /** epoch ms of its last step */
  readonly at: number;
}
