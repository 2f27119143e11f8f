import { OuraError } from '../errors/oura-error';
import { systemCode } from '../errors/system-code';

/** Work with token files. @throws OuraError `tokens_unsaved` when the file system refuses; what else the work throws */
export function onDisk<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const reason = systemCode(cause);
    throw reason === null ? cause : new OuraError('tokens_unsaved', { reason });
  }
}
