import type { NodeAPI } from 'node-red';
import * as z from 'zod';
import { checkStep } from '../../lib/accounts/check-step';
import { dialogValues } from '../../lib/accounts/dialog-values';
import { readValues, type ReadValues } from '../../lib/accounts/read-values';
import { WIZARD_STEPS } from '../../lib/accounts/wire';
import type { Runtime } from '../../lib/runtime';
import { adminRoute } from '../support/admin-route';
import { valueSources } from '../support/value-sources';
import { foundBy } from '../support/found-by';

const nothing = z.strictObject({});
const withValues = z.strictObject({ values: dialogValues });
const checked = withValues.extend({ step: z.enum(WIZARD_STEPS) });
const pasted = z.strictObject({ address: z.string().max(8000) });
/** Values may refer to the environment and to stored secrets, which whoever may deploy can read anyway, and nobody else. */
const DEPLOYERS = ['flows.write'];

/** What the set-up in the account dialog asks for. */
export function registerWizard(RED: NodeAPI, runtime: Runtime): void {
  const { signIns, setUp } = runtime;
  const read = (id: string, values: z.infer<typeof dialogValues>): ReadValues => readValues(id, values, valueSources(RED, id));

  const checkOf = (body: unknown, id: string): ReturnType<typeof setUp.check> => {
    const { step, values } = checked.parse(body);
    return setUp.check(step, read(id, values));
  };
  const startOf = (body: unknown, id: string): ReturnType<typeof signIns.begin> => {
    const { values, config } = read(id, withValues.parse(body).values);
    checkStep('application', values);
    return signIns.begin(config);
  };

  adminRoute(RED, 'get', 'found', () => foundBy(RED));
  adminRoute(RED, 'get', 'progress', ({ id }) => signIns.progress(id));
  adminRoute(RED, 'post', 'check', ({ id, body }) => checkOf(body, id), DEPLOYERS);
  adminRoute(RED, 'post', 'start', ({ id, body }) => startOf(body, id), DEPLOYERS);
  adminRoute(RED, 'post', 'test', ({ id, body, signal }) => setUp.test(read(id, withValues.parse(body).values).config, signal), DEPLOYERS);
  adminRoute(RED, 'post', 'paste', ({ id, body }) => signIns.answer(pasted.parse(body).address, id));
  adminRoute(RED, 'post', 'confirm-person', ({ id, body }) => {
    nothing.parse(body);
    return signIns.confirmPerson(id);
  });
  adminRoute(RED, 'post', 'cancel', ({ id, body }) => {
    nothing.parse(body);
    return signIns.cancel(id);
  });
  adminRoute(RED, 'post', 'sign-out', ({ id, body }) => {
    nothing.parse(body);
    return signIns.signOut(id);
  });
}
