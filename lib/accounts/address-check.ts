import { LIMITS } from '../catalogue/limits';
import type { Http } from '../ports/http';
import type { Random } from '../ports/random';
import { ADDRESS_FINDINGS, ADDRESS_STEPS, type AddressStepKey } from './address-findings';
import { isPrivateHost } from './is-private-host';
import { judgeAnswer, type AddressFound } from './judge-answer';
import { judgeFailure } from './judge-failure';
import type { AddressStep, AddressVerdict } from './webhook-wire';

/** What checks need. */
export interface AddressCheckPorts {
  readonly http: Http;
  readonly random: Random;
}

/** Which address is to be checked. */
export interface AddressToCheck {
  /** The complete callback address; null = what was typed is no address. */
  readonly callbackUrl: string | null;
  /** Where Node-RED serves it: the path from the root of Node-RED on; null = HTTP nodes are switched off. */
  readonly servedAt: string | null;
}

const SECRET_BYTES = 16;
/** The path of a panel within Home Assistant, which asks for the session of its user. */
const INGRESS = /\/(?:api\/hassio_ingress|hassio)\//;

/** Checks public addresses by calling them as Oura does, and knows its own calls when they arrive. */
export class AddressCheck {
  readonly #ports: AddressCheckPorts;
  /** Calls under way by their token, and whether they have arrived here. */
  readonly #calls = new Map<string, { arrived: boolean }>();

  constructor(ports: AddressCheckPorts) {
    this.#ports = ports;
  }

  /** Answers a call of a check under way, whatever application it is about. @returns null when it is somebody else's call */
  answer(query: URLSearchParams): { readonly status: number; readonly body: unknown } | null {
    const call = this.#calls.get(query.get('verification_token') ?? '');
    if (call === undefined) return null;
    call.arrived = true;
    return { status: 200, body: { challenge: query.get('challenge') ?? '' } };
  }

  /** Finds out what a stranger gets at the address. @throws the signal's reason */
  async check({ callbackUrl, servedAt }: AddressToCheck, signal: AbortSignal): Promise<AddressVerdict> {
    const url = URL.parse(callbackUrl ?? '');
    if (url === null || !/^https?:$/.test(url.protocol)) return verdict(null, [{ code: 'not_an_address', params: {} }]);
    const shown = url.origin + url.pathname;
    if (INGRESS.test(url.pathname)) return verdict(shown, [{ code: 'ingress', params: {} }]);
    if (servedAt === null) return verdict(shown, [{ code: 'switched_off', params: {} }]);
    const found: readonly (AddressFound | null)[] = [
      isPrivateHost(url.hostname) ? { code: 'private_host', params: { host: url.hostname } } : null,
      url.protocol === 'http:' ? { code: 'not_encrypted', params: {} } : null,
      await this.#call(url, servedAt, signal),
    ];
    return verdict(
      shown,
      found.filter((one) => one !== null),
    );
  }

  async #call(url: URL, servedAt: string, signal: AbortSignal): Promise<AddressFound | null> {
    const { http, random } = this.#ports;
    const secret = (): string => Buffer.from(random.bytes(SECRET_BYTES)).toString('hex');
    const [token, challenge, call] = [secret(), secret(), { arrived: false }];
    const query = { ...Object.fromEntries(url.searchParams), verification_token: token, challenge };
    this.#calls.set(token, call);
    try {
      const address = url.origin + url.pathname;
      const response = await http.send({ method: 'GET', url: address, query, timeoutMs: LIMITS.addressTimeoutMs }, signal);
      const found = judgeAnswer(response, { url, challenge, servedAt });
      return found === null && !call.arrived ? { code: 'other_installation', params: {} } : found;
    } catch (cause) {
      signal.throwIfAborted();
      return judgeFailure(cause, url.host);
    } finally {
      this.#calls.delete(token);
    }
  }
}

/** The steps up to the first problem, which keeps the later ones from being looked at. */
function verdict(callbackUrl: string | null, found: readonly AddressFound[]): AddressVerdict {
  const stepOf = (step: AddressStepKey): AddressStep => {
    const [one] = found.filter(({ code }) => ADDRESS_FINDINGS[code].step === step);
    return one === undefined ? { step, level: 'ok', found: null } : { step, level: ADDRESS_FINDINGS[one.code].level, found: one };
  };
  const steps = ADDRESS_STEPS.map(stepOf);
  const end = steps.findIndex(({ level }) => level === 'problem');
  return { callbackUrl, works: end < 0, steps: end < 0 ? steps : steps.slice(0, end + 1) };
}
