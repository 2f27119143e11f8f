import { ERROR_CODES, type ErrorCodeName, type Retry } from './error-codes';

export type ErrorParams = Readonly<Record<string, string | number>>;

/** The one error class that leaves this package: a closed code, a key for translators, an English message for logs. */
export class OuraError extends Error {
  override readonly name = 'OuraError' as const;
  readonly code: ErrorCodeName;
  readonly params: ErrorParams;

  /** @param params fill the placeholders of the message; they hold no value of a document, no token, no secret */
  constructor(code: ErrorCodeName, params: ErrorParams = {}, options?: ErrorOptions) {
    super(fill(ERROR_CODES[code].message, params), options);
    this.code = code;
    this.params = params;
  }

  /** Key of the translated text in the locale files. */
  get messageKey(): string {
    return `error.${this.code}`;
  }

  get retry(): Retry {
    return ERROR_CODES[this.code].retry;
  }

  /** Whether only a new sign-in (or token) helps. */
  get needsSignIn(): boolean {
    return 'signIn' in ERROR_CODES[this.code];
  }
}

function fill(template: string, params: ErrorParams): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(params[name] ?? placeholder));
}
