import type { AddressVerdict } from './webhook-wire';
import type { Told } from './wire';

/** Words for what a check of an address found, given by whoever can translate. */
export interface AddressWording {
  readonly step: (step: string) => string;
  readonly found: (found: Told) => string;
  readonly remedy: (found: Told) => string;
}

/** What a check of an address found, as the payload of a message. */
export function addressReport({ works, callbackUrl, steps }: AddressVerdict, words: AddressWording): Readonly<Record<string, unknown>> {
  const told = steps.map(({ step, level, found }) =>
    found === null
      ? { step, level, text: words.step(step) }
      : { step, level, code: found.code, text: words.found(found), remedy: words.remedy(found) },
  );
  return { event: 'check', works, callbackUrl, steps: told };
}
