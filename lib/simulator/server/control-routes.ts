import * as z from 'zod';
import { ENDPOINT_KEYS } from '../../catalogue/endpoints';
import { detail, type Answer } from './answer';
import type { FaultRule } from './fault-rules';
import type { ServerRequest } from './request';
import type { Application, SettingsChange, TokenRegistration } from './simulator-options';
import type { SimulatorControl } from './simulator-control';

const personId = z.string().optional();
const endpoint = z.enum(ENDPOINT_KEYS);
const body = z.record(z.string(), z.unknown());
const texts = z.array(z.string());
const rate = z.object({ limit: z.number(), windowMs: z.number() });

interface Command {
  readonly schema: z.ZodType;
  /** @param input has passed the schema */
  readonly run: (control: SimulatorControl, input: never) => unknown;
}

function command<T>(schema: z.ZodType<T>, run: (control: SimulatorControl, input: T) => unknown): Command {
  return { schema, run };
}

const application = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  portal: z.enum(['legacy', 'new']),
  redirectUris: texts.optional(),
});
const token = z.object({
  token: z.string(),
  personId: z.string(),
  scopes: texts.optional(),
  expiresAt: z.number().optional(),
  clientId: personId,
});
const rule = z.object({
  match: z.object({ path: z.string().optional(), method: z.string().optional() }).optional(),
  after: z.number().optional(),
  times: z.number().optional(),
  status: z.number().optional(),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  hangMs: z.number().optional(),
  hang: z.boolean().optional(),
  truncate: z.boolean().optional(),
  html: z.boolean().optional(),
  dropConnection: z.union([z.boolean(), z.enum(['before', 'after'])]).optional(),
  repeatNextToken: z.boolean().optional(),
});
const settings = z.object({
  pageSize: z.object({ documents: z.number(), rows: z.number() }).partial().optional(),
  rateLimits: z.object({ token: rate, application: rate }).partial().optional(),
  oauth: z.object({ expiresInSeconds: z.number(), wrongPortalBurnsCode: z.boolean(), reuseRevokesGrant: z.boolean() }).partial().optional(),
});
const consent = z.object({ personId: z.string(), scopes: texts.nullable(), denied: z.boolean() }).partial();
const instant = z.union([z.number(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))]);

// zod types a missing key as `undefined`; JSON has no undefined, so the casts below only drop a case that cannot come.
const COMMANDS: Readonly<Record<string, Command>> = {
  now: command(z.object({}), (control) => control.now),
  persons: command(z.object({}), (control) => control.personIds),
  advance: command(z.object({ ms: z.number() }), (control, { ms }) => control.advance(ms)),
  move_to: command(z.object({ at: instant }), (control, { at }) => control.moveTo(at)),
  next_morning: command(z.object({ personId }), (control, input) => control.nextMorning(input.personId)),
  add_token: command(token, (control, input) => {
    control.addToken(input as TokenRegistration);
  }),
  set_scopes: command(z.object({ token: z.string(), scopes: texts }), (control, input) => {
    control.setScopes(input.token, input.scopes);
  }),
  expire_token: command(z.object({ token: z.string() }), (control, input) => control.expireToken(input.token)),
  revoke_token: command(z.object({ token: z.string() }), (control, input) => control.revokeToken(input.token)),
  lapse_membership: command(z.object({ personId, lapsed: z.boolean().optional() }), (control, input) => {
    control.lapseMembership(input.personId, input.lapsed);
  }),
  add_application: command(application, (control, input) => {
    control.addApplication(input as Application);
  }),
  set_consent: command(consent, (control, input) => {
    control.setConsent(input as Parameters<SimulatorControl['setConsent']>[0]);
  }),
  put: command(z.object({ endpoint, body, personId }), (control, input) => {
    control.put(input.endpoint, input.body, input.personId);
  }),
  remove: command(z.object({ endpoint, id: z.string(), personId }), (control, input) => {
    control.remove(input.endpoint, input.id, input.personId);
  }),
  fail: command(rule, (control, input) => {
    control.fail(input as FaultRule);
  }),
  clear_faults: command(z.object({}), (control) => {
    control.clearFaults();
  }),
  change: command(settings, (control, input) => {
    control.change(input as SettingsChange);
  }),
  set_page_size: command(z.object({ documents: z.number(), rows: z.number() }), (control, input) => {
    control.setPageSize(input.documents, input.rows);
  }),
  stats: command(z.object({}), (control) => control.stats()),
  requests: command(z.object({}), (control) => control.requests()),
  subscriptions: command(z.object({}), (control) => control.subscriptions()),
  deliver: command(z.object({ to: instant.optional() }), (control, input) => control.deliver(input.to)),
  reset: command(z.object({}), (control) => {
    control.reset();
  }),
};

/** Answers `POST /<secret>/<command>` with a JSON body by `{"result": …}`; anything not understood by 4xx with `{"detail": …}`. */
export async function answerControl(control: SimulatorControl, secret: string, request: ServerRequest): Promise<Answer> {
  const [, given, name = '', ...more] = request.path.split('/');
  const found = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (given !== secret || more.length > 0 || found === undefined) return detail(404, 'Not Found');
  if (request.method !== 'POST') return detail(405, 'Method Not Allowed');
  let input: unknown;
  try {
    input = request.body === '' ? {} : JSON.parse(request.body);
  } catch {
    return detail(400, 'The body is not JSON.');
  }
  const parsed = found.schema.safeParse(input);
  if (!parsed.success) return detail(422, parsed.error.issues);
  try {
    const result = await found.run(control, parsed.data as never); // it has passed this command's own schema
    return { status: 200, body: { result: result ?? null } };
  } catch (cause) {
    if (cause instanceof RangeError) return detail(400, cause.message);
    throw cause;
  }
}
