import type { PersonHost } from './person-host';

interface Follower {
  readonly begin: (host: PersonHost) => () => void;
  end: () => void;
}

/** Those who follow the person of an account, whoever it is: begun with each host that comes, ended when it goes. */
export class HostFollowers {
  readonly #followers = new Set<Follower>();
  readonly #onError: (error: unknown) => void;
  #host: PersonHost | null = null;

  /** @param onError hears what a follower threw; it does not keep the others from hearing */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** @param begin called with each host, also with the present one; what it returns is called when that host goes. @returns ends it all */
  add(begin: Follower['begin']): () => void {
    const follower: Follower = { begin, end: nothing };
    this.#followers.add(follower);
    this.#begin(follower);
    return () => {
      this.#followers.delete(follower);
      this.#end(follower);
    };
  }

  /** The host is another one from now on; null = none. */
  move(host: PersonHost | null): void {
    for (const follower of this.#followers) this.#end(follower);
    this.#host = host;
    for (const follower of this.#followers) this.#begin(follower);
  }

  #begin(follower: Follower): void {
    if (this.#host === null) return;
    try {
      follower.end = follower.begin(this.#host);
    } catch (error) {
      this.#onError(error);
    }
  }

  #end(follower: Follower): void {
    const { end } = follower;
    follower.end = nothing;
    end();
  }
}

function nothing(): void {
  // nothing was begun
}
