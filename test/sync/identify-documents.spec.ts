import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ENDPOINT_KEYS, endpointOf } from '../../lib/catalogue/endpoints';
import type { Body } from '../../lib/ports/documents';
import { identifyDocuments, matchByOf } from '../../lib/sync/identify-documents';

describe('identity of documents', () => {
  it('is the id that Oura gave', () => {
    const body = { id: 'abc', day: '2026-03-15', bedtime_start: '2026-03-14T22:30:00+02:00', bedtime_end: '2026-03-15T06:30:00+02:00' };
    assert.deepEqual(identifyDocuments('sleep', [body]), [
      { id: 'abc', provisional: false, day: '2026-03-15', start: body.bedtime_start, end: body.bedtime_end, body },
    ]);
  });

  it('is the day of a daily document without an id, the start of any other', () => {
    const idOf = (endpoint: Parameters<typeof matchByOf>[0], body: Body) => identifyDocuments(endpoint, [body]).map(({ id }) => id)[0];
    assert.equal(idOf('daily_sleep', { day: '2026-03-15' }), 'day:2026-03-15');
    assert.equal(idOf('vo2_max', { id: '', day: '2026-03-15', timestamp: '2026-03-15T05:00:00Z' }), 'day:2026-03-15');
    assert.equal(idOf('workout', { id: null, day: '2026-03-15', start_datetime: '2026-03-15T10:00:00Z' }), 'start:2026-03-15T10:00:00Z');
  });

  it('numbers documents of the same start that came together', () => {
    const body = { start_datetime: '2026-03-15T10:00:00Z' };
    assert.deepEqual(
      identifyDocuments('workout', [body, { ...body, id: 'real' }, body, body]).map(({ id, provisional }) => [id, provisional]),
      [
        ['start:2026-03-15T10:00:00Z', true],
        ['real', false],
        ['start:2026-03-15T10:00:00Z#2', true],
        ['start:2026-03-15T10:00:00Z#3', true],
      ],
    );
  });

  it('LESSON: enhanced_tag has start_day, no day: it is placed by start_day', () => {
    const [tag] = identifyDocuments('enhanced_tag', [
      { id: 't', start_day: '2026-03-15', start_time: '2026-03-15T09:00:00Z', end_time: null },
    ]);
    assert.deepEqual([tag?.day, tag?.start, tag?.end], ['2026-03-15', '2026-03-15T09:00:00Z', null]);
  });

  it('takes the local day of the start where there is no day, and none where there is neither', () => {
    const ring = identifyDocuments('ring_configuration', [{ id: 'r', set_up_at: '2024-05-01T23:30:00+02:00' }]);
    assert.equal(ring[0]?.day, '2024-05-01');
    const person = identifyDocuments('personal_info', [{ id: 'p', age: 41 }]);
    assert.deepEqual([person[0]?.day, person[0]?.start, person[0]?.end], [null, null, null]);
  });

  it('is never the same for two documents that came together without an id, and hands on each body untouched', () => {
    const bodies = fc.array(
      fc.record({
        at: fc.constantFrom('2026-03-14T10:00:00Z', '2026-03-15T10:00:00Z', null),
        day: fc.constantFrom('2026-03-14', '2026-03-15', null),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...ENDPOINT_KEYS), bodies, (endpoint, list) => {
        const { start, day } = endpointOf(endpoint);
        const documents = list.map((one): Body => ({
          ...(start !== null && { [start]: one.at }),
          ...(day !== null && { [day]: one.day }),
        }));
        const identified = identifyDocuments(endpoint, documents);
        assert.equal(new Set(identified.map(({ id }) => id)).size, documents.length);
        for (const [index, { body }] of identified.entries()) assert.equal(body, documents[index]);
      }),
    );
  });

  it('is tied to a later real id by the day of a daily document, by the start of any other', () => {
    const dailies = ENDPOINT_KEYS.filter((endpoint) => matchByOf(endpoint) === 'day');
    assert.deepEqual(dailies, [
      'daily_sleep',
      'daily_readiness',
      'daily_activity',
      'daily_spo2',
      'daily_stress',
      'vo2_max',
      'sleep_time',
      'daily_resilience',
      'daily_cardiovascular_age',
    ]);
  });
});
