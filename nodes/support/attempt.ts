import { OuraError } from '../../lib/errors/oura-error';

/** What the work makes, or the error of ours that stands in the way. @throws what else the work throws */
export function attempt<T>(work: () => T): T | OuraError {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof OuraError) return cause;
    throw cause;
  }
}
