import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ERROR_CODES } from '../../lib/errors/error-codes';

interface Texts {
  readonly error: Readonly<Record<string, string>>;
  readonly remedy: Readonly<Record<string, string>>;
}

const TEXTS = path.join(__dirname, '../../locales/en-US/oura-account.json');
const WHEN = { never: 'not as it stands', later: 'by itself, later', 'after-user-action': 'when a person has done something' } as const;
const INTRO = `# Errors

Generated from \`lib/errors/error-codes.ts\` and the locale files. The code is in \`error.code\` of a catch node and in \`payload.code\` of the status node.
`;

/** The table of all error codes with what to do about them, as a Markdown document. */
export function errorsDoc(): string {
  const { error, remedy } = JSON.parse(readFileSync(TEXTS, 'utf8')) as Texts; // a test keeps the file's keys equal to the codes
  const plain = (text = ''): string => text.replaceAll(/__(\w+)__/g, '*$1*');
  const rows = Object.entries(ERROR_CODES).map(
    ([code, { retry }]) => `| \`${code}\` | ${plain(error[code])} | ${WHEN[retry]} | ${plain(remedy[code])} |`,
  );
  return [INTRO, '| code | text | works again | what to do |', '|---|---|---|---|', ...rows, ''].join('\n');
}
