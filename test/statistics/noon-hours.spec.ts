import assert from 'node:assert/strict';
import { noonHour } from '../../lib/statistics/noon-hour';
import { NoonHours } from '../../lib/statistics/noon-hours';
import { addDays } from '../../lib/sync/local-day';

const DAYS = Array.from({ length: 1000 }, (_, index) => addDays('2023-06-01', index));
const WITH_DAYS = DAYS.map((day) => ({ day }));

describe('the hours of a long history', () => {
  it('are those of the days one by one', async () => {
    const hours = new NoonHours('Europe/Berlin');
    await hours.prepare([...WITH_DAYS, ...WITH_DAYS], new AbortController().signal);
    for (const day of DAYS) assert.equal(hours.of(day), noonHour(day, 'Europe/Berlin'));
  });

  it('leave Node-RED its turns while they are worked out, and end when nobody wants them any more', async () => {
    const stop = new AbortController();
    let turns = 0;
    const turn = (): void => {
      turns += 1;
      if (turns === 5) stop.abort(new DOMException('over', 'AbortError'));
      else setImmediate(turn);
    };
    setImmediate(turn);
    await assert.rejects(new NoonHours('Europe/Berlin').prepare(WITH_DAYS, stop.signal), { name: 'AbortError' });
    assert.equal(turns, 5);
  });
});
