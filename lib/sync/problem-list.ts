import type { EndpointKey } from '../catalogue/endpoints';
import type { OuraError } from '../errors/oura-error';

export interface Problem {
  readonly error: OuraError;
  readonly endpoint: EndpointKey | null;
}

/** What a good answer of Oura does not disprove. */
const STANDING_CODES: readonly string[] = ['store_unavailable', 'store_newer'];

/** The problems that stand at the moment: each is told once when it comes and once when it goes. */
export class ProblemList {
  readonly #problems = new Map<string, Problem>();

  /** @returns true when this problem is new */
  add(problem: Problem): boolean {
    const key = keyOf(problem.endpoint, problem.error.code);
    const isNew = !this.#problems.has(key);
    this.#problems.set(key, problem);
    return isNew;
  }

  /** Takes away what a success of this family (null: of the account) has disproved. @returns the problems that went */
  clear(endpoint: EndpointKey | null): readonly Problem[] {
    const gone = [...this.#problems].filter(([, problem]) => problem.endpoint === endpoint && !STANDING_CODES.includes(problem.error.code));
    for (const [key] of gone) this.#problems.delete(key);
    return gone.map(([, problem]) => problem);
  }

  list(): readonly Problem[] {
    return [...this.#problems.values()];
  }
}

function keyOf(endpoint: EndpointKey | null, code: string): string {
  return `${endpoint ?? ''}:${code}`;
}
