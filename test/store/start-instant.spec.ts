import assert from 'node:assert/strict';
import { startInstant } from '../../lib/store/start-instant';

describe('the instant of a start', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  ['UTC', 'Asia/Tokyo', 'America/St_Johns'].forEach((machine) => {
    it(`does not depend on the zone of the machine: ${machine}`, () => {
      process.env['TZ'] = machine;
      const noon = Date.UTC(2026, 1, 1, 12);
      const texts = [
        '2026-02-01T12:00:00Z',
        '2026-02-01T12:00:00',
        '2026-02-01T12:00',
        '2026-02-01T14:00:00.000+02:00',
        '2026-02-01T08:30:00-03:30',
      ];
      assert.deepEqual(
        texts.map(startInstant),
        texts.map(() => noon),
      );
      assert.equal(startInstant('2026-02-01'), Date.UTC(2026, 1, 1));
    });
  });

  it('is none for what is no ISO 8601 time', () => {
    [null, '', 'soon', '2026-02-01 12:00', 'Feb 1, 2026', '2026-13-01T00:00:00Z', '2026-02-01T25:00:00Z'].forEach((text) => {
      assert.equal(startInstant(text), null);
    });
  });
});
