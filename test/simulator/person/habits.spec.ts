import assert from 'node:assert/strict';
import { bodies, DAY, DOCUMENT_ENDPOINTS, HOUR, personOf } from './support';

const START = Date.parse('2023-06-01T00:00:00Z');
const END = START + 200 * DAY;
const asked = [START, END, END + 5 * DAY] as const;

/** Clock hours at which the main sleeps end, by day. */
function wakeHours(person: ReturnType<typeof personOf>): readonly { readonly weekday: number; readonly hour: number }[] {
  return bodies(person, 'sleep', asked)
    .filter(({ type }) => type === 'long_sleep')
    .map(({ day, bedtime_end: end }) => ({ weekday: new Date(`${day}T00:00:00Z`).getUTCDay(), hour: Number(end.slice(11, 13)) }));
}

describe('a simulated person with habits', () => {
  it('is the same person as ever without any', () => {
    const [plain, without] = [personOf('demo'), personOf('demo', { habits: {} })];
    for (const endpoint of DOCUMENT_ENDPOINTS) {
      const window = [END - 20 * DAY, END, END] as const;
      assert.deepEqual(without.documents(endpoint, ...window), plain.documents(endpoint, ...window));
    }
    assert.deepEqual(without.syncs(START, END), plain.syncs(START, END));
  });

  it('sleeps by day after night shifts: five days of every second week', () => {
    const hours = wakeHours(personOf('demo', { habits: { nightShifts: true } }));
    const late = hours.filter(({ hour }) => hour >= 13);
    assert.ok(late.length > 55 && late.length < 75, `${late.length} of 200 days`);
    assert.ok(late.every(({ weekday }) => weekday >= 2));
    assert.ok(hours.some(({ weekday, hour }) => weekday === 3 && hour < 10)); // the weeks between
    assert.equal(wakeHours(personOf('demo')).filter(({ hour }) => hour >= 13).length, 0);
  });

  it('opens the app on so many days as it does not forget it, and syncs by itself as ever', () => {
    const [usual, forgetful] = [personOf('demo'), personOf('demo', { habits: { appForgotten: 2 / 3 } })];
    const daysWithApp = (person: typeof usual): number =>
      person.days(START, END).filter(({ wake, nextWake }) => person.syncs(wake, nextWake).some(({ kind }) => kind === 'app')).length;
    assert.ok(daysWithApp(usual) > 180);
    assert.ok(Math.abs(daysWithApp(forgetful) - 200 / 3) < 20, `${daysWithApp(forgetful)} of 200 days`);
    const background = (person: typeof usual): readonly unknown[] => person.syncs(START, END).filter(({ kind }) => kind === 'background');
    assert.deepEqual(background(forgetful), background(usual));
  });

  it('travels every third week, to zones of all sorts', () => {
    const person = personOf('demo', { habits: { travels: true } });
    const offsets = bodies(person, 'sleep', asked).map(({ bedtime_end: end }) => end.slice(-6));
    const away = offsets.filter((offset) => offset !== '+03:00' && offset !== '+02:00');
    assert.ok(new Set(away).size >= 4, [...new Set(away)].join());
    assert.ok(away.length > 50 && away.length < 150, `${away.length} nights`);
  });

  it('tells when it wakes and goes to bed, days without a gap', () => {
    const days = personOf('demo').days(START + 10 * DAY, START + 40 * DAY);
    assert.ok(days.length >= 30);
    days.forEach(({ wake, bed, nextWake }, n) => {
      assert.ok(wake < bed && bed < nextWake && nextWake - wake < 30 * HOUR);
      if (n > 0) assert.equal(days[n - 1]?.nextWake, wake);
    });
  });
});
