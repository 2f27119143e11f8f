import assert from 'node:assert/strict';
import { recordedDay } from './recorded-day';

const MOST_ROWS = 300;

describe('a day of a person in the recorder of Home Assistant', () => {
  it('has at most 300 rows, and not one for what has not changed', async function () {
    this.timeout(240_000);
    const { entities, steps } = await recordedDay();
    const shown = new Map(entities.map(({ definition: { key }, state }) => [key, state]));
    const rows = new Map<string, number>();
    for (const now of steps.flat()) {
      const { key, state, lastReset, attributes } = now;
      const before = shown.get(key);
      const isOther = JSON.stringify([state, lastReset]) !== JSON.stringify([before?.state, before?.lastReset]);
      const hasOther = JSON.stringify(attributes) !== JSON.stringify(before?.attributes);
      assert.ok(isOther || hasOther, `${key} is told again`);
      rows.set(key, (rows.get(key) ?? 0) + Number(isOther) + Number(hasOther)); // a message each over MQTT, and a row
      shown.set(key, now);
    }
    const all = [...rows.values()].reduce((sum, one) => sum + one, 0);
    assert.ok(all > 0 && all <= MOST_ROWS, `${all} rows: ${JSON.stringify([...rows])}`);
  });
});
