import { systemClock } from '../../../lib/async/system-clock';
import { systemRandom } from '../../../lib/async/system-random';
import { OAuthAccessTokens } from '../../../lib/auth/oauth-access-tokens';
import { TokenFiles } from '../../../lib/auth/token-files';
import { TokenProcess } from '../../../lib/auth/token-process';
import type { TokenPlace } from '../../../lib/auth/token-task';
import { toOuraError } from '../../../lib/errors/to-oura-error';
import type { OAuthApplication } from '../../../lib/ports/oauth';
import { FolderFiles } from '../../../lib/store/folder-files';

/** What the holder is started with, as JSON in its only argument. */
export interface HolderOrder {
  readonly program: string;
  readonly place: TokenPlace;
  readonly application: OAuthApplication;
}

const LOOK_MS = 10;

/** A program like Node-RED, as far as tokens go: holds those of account `a` and prints a line for each new one, or for an error. */
async function main(): Promise<void> {
  const { program, place, application } = JSON.parse(process.argv[2] ?? '') as HolderOrder; // the test that starts it writes this
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const logger = { error: say, warn: say, info: () => undefined, debug: () => undefined };
  const store = new TokenFiles({ ...place, secrets: () => place.secrets, files: new FolderFiles(place.folder), random: systemRandom });
  const requests = new TokenProcess({ program, place: () => place, clock: systemClock });
  const tokens = new OAuthAccessTokens('a', { store, requests, clock: systemClock, logger });
  tokens.configure(application);
  const { signal } = new AbortController();
  for (let last = ''; ;) {
    const token = await tokens.accessToken(signal).catch((error: unknown) => `error ${toOuraError(error).code}`);
    if (token !== last) say(token);
    last = token;
    await systemClock.delay(LOOK_MS, signal);
  }
}

void main();
