import type { NodeAPI } from 'node-red';
import { addressReport } from '../../lib/accounts/address-report';
import type { Runtime } from '../../lib/runtime';
import type { AccountConfig } from '../../lib/sync/account-config';
import { sharedText } from './texts';

/** Finds out what a stranger gets at the public address of an account, as the payload of a message. @throws the signal's reason */
export async function checkAddress(
  RED: NodeAPI,
  { webhooks, addresses }: Pick<Runtime, 'webhooks' | 'addresses'>,
  config: AccountConfig,
  signal: AbortSignal,
): Promise<object> {
  const verdict = await addresses.check(webhooks.addressOf(config), signal);
  return addressReport(verdict, {
    step: (step) => sharedText(RED, `address.step.${step}`),
    found: ({ code, params }) => sharedText(RED, `address.found.${code}`, params),
    remedy: ({ code, params }) => sharedText(RED, `address.remedy.${code}`, params),
  });
}
