import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { documentPayload } from '../../lib/sources/document-payload';

const place = { id: 'd', day: '2026-03-15', start: null, end: null };

describe('payload of a message', () => {
  it('is the document as received, with its place beside it under names that are always the same', () => {
    const body = { id: 't', start_day: '2026-03-15', start_time: '2026-03-15T09:00:00Z', end_time: '2026-03-15T09:30:00Z', comment: null };
    assert.deepEqual(documentPayload({ id: 't', day: '2026-03-15', start: body.start_time, end: body.end_time, body }), {
      day: '2026-03-15',
      start: '2026-03-15T09:00:00Z',
      end: '2026-03-15T09:30:00Z',
      ...body,
    });
  });

  it('names no place that the document has not', () => {
    assert.deepEqual(documentPayload({ id: 'p', day: null, start: null, end: null, body: { age: 0 } }), { id: 'p', age: 0 });
  });

  it("keeps the document's own values where the names are the same", () => {
    assert.equal(documentPayload({ ...place, body: { day: 'as Oura has it', end: 7 } })['day'], 'as Oura has it');
    assert.equal(documentPayload({ ...place, end: 'x', body: { end: 7 } })['end'], 7);
  });

  it('loses no field and no value of any document, and is a copy', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((key) => key !== '__proto__'),
          fc.jsonValue(),
        ),
        (body) => {
          const payload = documentPayload({ ...place, body });
          for (const [key, value] of Object.entries(body)) {
            assert.deepEqual(payload[key], value);
            if (typeof value === 'object' && value !== null) assert.notEqual(payload[key], value);
          }
          const added = Object.keys(payload).filter((key) => !Object.hasOwn(body, key));
          assert.ok(added.every((key) => ['id', 'day', 'start', 'end'].includes(key)));
        },
      ),
    );
  });
});
