import type { NodeAPI } from 'node-red';
import * as z from 'zod';
import type { AddressToCheck } from '../../lib/accounts/address-check';
import { dialogValues } from '../../lib/accounts/dialog-values';
import { readValues } from '../../lib/accounts/read-values';
import type { Runtime } from '../../lib/runtime';
import { adminRoute } from '../support/admin-route';
import { valueSources } from '../support/value-sources';

const withValues = z.strictObject({ values: dialogValues });
/** As in the wizard: values may refer to the environment. */
const DEPLOYERS = ['flows.write'];

/** What the account dialog asks about webhooks, before and after the Deploy. */
export function registerAddressRoutes(RED: NodeAPI, { webhooks, addresses }: Runtime): void {
  const addressOf = (id: string, body: unknown): AddressToCheck => {
    const { values } = withValues.parse(body);
    return webhooks.addressOf(readValues(id, values, valueSources(RED, id)).config);
  };
  adminRoute(RED, 'post', 'webhook-address', ({ id, body }) => ({ callbackUrl: addressOf(id, body).callbackUrl }), DEPLOYERS);
  adminRoute(RED, 'post', 'check-address', ({ id, body, signal }) => addresses.check(addressOf(id, body), signal), DEPLOYERS);
}
