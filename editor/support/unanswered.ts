/**
 * Why there was no answer: offline = Node-RED is not reached, logged_out = the editor's login has ended, forbidden = the login may look but
 * not change, denied = something refused the request, missing = there is no such route.
 */
export type NoAnswer = 'offline' | 'slow' | 'logged_out' | 'forbidden' | 'denied' | 'missing' | 'broken';

/** A request to Node-RED that nothing useful came back from. */
export class Unanswered extends Error {
  readonly kind: NoAnswer;

  constructor(kind: NoAnswer) {
    super(`no answer: ${kind}`);
    this.name = 'Unanswered';
    this.kind = kind;
  }
}
