import { systemRandom } from '../../../lib/async/system-random';
import { InProcessTokenRequests } from '../../../lib/auth/in-process-token-requests';
import { OAuthAccessTokens } from '../../../lib/auth/oauth-access-tokens';
import { TokenFiles } from '../../../lib/auth/token-files';
import type { TokenRequests } from '../../../lib/auth/token-requests';
import type { OAuthApplication } from '../../../lib/ports/oauth';
import type { TokenSet } from '../../../lib/ports/token-store';
import { MemoryFiles } from '../../../lib/store/memory-files';
import type { TestCloud } from '../../simulator/server/support/test-cloud';
import { FakeClock } from '../../support/fake-clock';
import { MemoryLogger } from '../../store/support/memory-logger';
import { applicationOf, oauthOf, signIn, tokenRequests } from './oauth-rig';
import { RefusingFiles } from './refusing-files';

const { signal } = new AbortController();

/** An account signed in at the stand-in. Its own clock may differ from Oura's; both move with `pass`. */
export class TokenRig {
  readonly cloud: TestCloud;
  readonly clock: FakeClock;
  readonly files = new RefusingFiles(new MemoryFiles());
  readonly logger = new MemoryLogger();
  readonly application: OAuthApplication;
  tokens: OAuthAccessTokens;
  #asked = 0;

  /** @param skewMs how far the own clock is ahead of Oura's */
  constructor(cloud: TestCloud, skewMs = 0) {
    this.cloud = cloud;
    this.clock = new FakeClock(cloud.control.now + skewMs);
    this.application = applicationOf(cloud);
    this.tokens = this.start();
  }

  get store(): TokenFiles {
    return this.storeOf('here');
  }

  storeOf(installation: string, secret = 'secret'): TokenFiles {
    return new TokenFiles({ files: this.files, random: systemRandom, secrets: () => [secret], installation });
  }

  /** A process that has just started, in place of the one before. */
  start(store = this.store, requests: TokenRequests = this.requestsOn(store)): OAuthAccessTokens {
    const { clock, logger, application } = this;
    this.tokens = new OAuthAccessTokens('a', { store, requests, clock, logger });
    this.tokens.configure(application);
    return this.tokens;
  }

  requestsOn(store = this.store, pid = 100): TokenRequests {
    const { clock, files } = this;
    const isAlive = (other: number): boolean => other === pid;
    return new InProcessTokenRequests({ store, files, oauth: oauthOf(clock), clock, random: systemRandom, pid, isAlive });
  }

  async signIn(): Promise<TokenSet> {
    const tokens = await signIn(this.cloud, this.application, this.clock);
    this.tokens.signedIn(tokens);
    this.asked();
    return tokens;
  }

  /** Time passes, here and at Oura. */
  async pass(ms: number): Promise<void> {
    this.cloud.control.advance(ms);
    await this.clock.advance(ms);
  }

  access(): Promise<string> {
    return this.tokens.accessToken(signal);
  }

  rejected(token: string): Promise<boolean> {
    return this.tokens.rejected(token, signal);
  }

  async works(token: string): Promise<boolean> {
    return (await this.cloud.get('sleep', {}, token)).status === 200;
  }

  /** The statuses of token requests since the last time this was asked. */
  asked(): readonly (number | null)[] {
    const all = tokenRequests(this.cloud).map(([, status]) => status);
    const since = all.slice(this.#asked);
    this.#asked = all.length;
    return since;
  }
}
