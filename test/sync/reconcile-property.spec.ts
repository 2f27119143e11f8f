import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OuraError } from '../../lib/errors/oura-error';
import type { Body } from '../../lib/ports/documents';
import { addDays, earlier, later } from '../../lib/sync/local-day';
import { dailySleep, night } from '../support/days';
import { CompareRig } from './support/compare-rig';

const FIRST = '2026-02-20';
const SPAN = 26;
const FAMILIES = { daily_sleep: (day: string, value: number) => dailySleep(day, value), sleep: nightOf } as const;

/** A night that begins between 18:00 and 2:00. */
function nightOf(day: string, value: number) {
  const start = new Date(Date.parse(`${addDays(day, -1)}T18:00:00Z`) + (value % 9) * 3_600_000).toISOString();
  return night(day, { bedtime_start: start, total_sleep_duration: 20_000 + value });
}

const day = fc.integer({ min: 0, max: SPAN - 1 }).map((index) => addDays(FIRST, index));
const family = fc.constantFrom('daily_sleep' as const, 'sleep' as const);
const id = fc.integer({ min: 0, max: 14 }).map((number) => `document-${String(number)}`);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('put' as const), id, day, value: fc.integer({ min: 1, max: 99 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), id }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('compare' as const), a: day, b: day }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fail' as const), a: day, b: day, after: fc.integer({ min: 0, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('no document' as const), a: day, b: day }) },
);

describe('whatever the cloud adds, amends, moves and deletes, and whichever pages fail', () => {
  it('a comparison ends with what the cloud holds of its days, touches nothing beyond, and deletes nothing after a failure', async () => {
    const world = fc.asyncProperty(
      family,
      fc.array(step, { maxLength: 30 }),
      day,
      day,
      fc.boolean(),
      async (endpoint, steps, a, b, whole) => {
        const rig = await CompareRig.start([]);
        try {
          rig.cloud.control.setPageSize(3, 100);
          const cloud = new Map<string, Body>();
          const stored = (): ReadonlyMap<string, Body> =>
            new Map(rig.keeper.current.documents.range(endpoint, null, null).map((document) => [document.id, document.body]));
          const compare = (one: string, other: string) => rig.reconcile(endpoint, earlier(one, other), later(one, other));
          const path = `/v2/usercollection/${endpoint}`;
          for (const one of steps) {
            const before = stored();
            rig.cloud.control.advance(60_000);
            if (one.kind === 'put') {
              const body = { ...FAMILIES[endpoint](one.day, one.value).body, id: one.id };
              cloud.set(one.id, body);
              rig.cloud.control.put(endpoint, body);
            } else if (one.kind === 'remove') {
              cloud.delete(one.id);
              rig.cloud.control.remove(endpoint, one.id);
            } else if (one.kind === 'compare') await compare(one.a, one.b);
            else {
              if (one.kind === 'fail') rig.cloud.control.fail({ match: { path }, after: one.after, status: 400 });
              else rig.cloud.control.fail({ match: { path: `${path}/*` }, status: 400 });
              const failed = await compare(one.a, one.b).then(
                () => one.kind === 'no document',
                (error: unknown) => error instanceof OuraError && error.code === 'request_refused',
              );
              rig.cloud.control.clearFaults();
              if (failed) for (const known of before.keys()) assert.ok(stored().has(known), `deleted after a failure: ${known}`);
            }
          }
          const [from, to] = [earlier(a, b), later(a, b)];
          const before = stored();
          await rig.reconcile(endpoint, from, to, whole);
          const after = stored();
          const [first, last] = whole ? [from, to] : [addDays(from, 1), addDays(to, -1)];
          const inside = (body: Body): boolean => String(body['day']) >= first && String(body['day']) <= last;
          assert.deepEqual(
            new Map([...after].filter(([, body]) => inside(body)).toSorted()),
            new Map([...cloud].filter(([, body]) => inside(body)).toSorted()),
          );
          for (const [known, body] of before) {
            if (inside(body)) continue;
            assert.ok(after.has(known), `deleted beyond the days: ${known}`);
            const now = after.get(known);
            assert.ok(JSON.stringify(now) === JSON.stringify(body) || JSON.stringify(now) === JSON.stringify(cloud.get(known)), known);
          }
        } finally {
          await rig.clear();
        }
      },
    );
    await fc.assert(world, { numRuns: 150 });
  });
});
