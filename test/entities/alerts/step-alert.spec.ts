import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LIMITS } from '../../../lib/catalogue/limits';
import { AlertBook } from '../../../lib/entities/alerts/alert-book';
import { NEVER, type AlertState } from '../../../lib/entities/alerts/alert-state';
import { stepAlert } from '../../../lib/entities/alerts/step-alert';
import { MemoryLogger } from '../../store/support/memory-logger';
import { openSettingsFile } from '../../../lib/store/settings-file';
import { temporaryFolder } from '../../store/support/temporary-folder';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-15T09:00:00Z');

interface Moment {
  readonly state: 'active' | 'clear' | 'unknown';
  readonly hours: number;
  /** Whether the data is of a later day than before. */
  readonly isNextDay: boolean;
  readonly isRestart: boolean;
}
interface Told {
  readonly what: 'start' | 'end';
  readonly at: number;
  readonly day: string;
}

const moments = fc.array(
  fc.record<Moment>({
    state: fc.constantFrom('active', 'clear', 'unknown'),
    hours: fc.double({ min: 0, max: 30, noNaN: true }),
    isNextDay: fc.boolean(),
    isRestart: fc.boolean(),
  }),
  { maxLength: 60 },
);

/** What is told in the course of some judgements. @param keep what a restart makes of the state */
function course(list: readonly Moment[], daily: boolean, keep: (state: AlertState) => AlertState): readonly Told[] {
  const told: Told[] = [];
  let [state, now, days] = [NEVER, START, 0];
  for (const { state: judged, hours, isNextDay, isRestart } of list) {
    now += hours * HOUR;
    days += isNextDay ? 1 : 0;
    const day = new Date(START + days * 24 * HOUR).toISOString().slice(0, 10);
    if (isRestart) state = keep(state);
    for (let next = stepAlert(state, { state: judged, day }, daily, now); next !== null;) {
      if (next.owed !== null) told.push({ what: next.owed, at: now, day });
      state = { ...next, owed: null };
      next = stepAlert(state, { state: judged, day }, daily, now);
    }
  }
  return told;
}

describe('an alert', () => {
  const file = temporaryFolder();
  const asItIs = (state: AlertState): AlertState => state;
  const throughFile = (state: AlertState): AlertState => {
    new AlertBook(openSettingsFile(file('ann.json'), new MemoryLogger()), 'home').save('battery', state);
    return new AlertBook(openSettingsFile(file('ann.json'), new MemoryLogger()), 'home').get('battery');
  };

  for (const daily of [false, true]) {
    it(`${daily ? 'of the day so far' : 'of any kind'} starts and ends in turns, whatever comes`, () => {
      fc.assert(
        fc.property(moments, (list) => {
          course(list, daily, asItIs).forEach(({ what }, index) => {
            assert.equal(what, index % 2 === 0 ? 'start' : 'end');
          });
        }),
      );
    });

    it(`${daily ? 'of the day so far' : 'of any kind'} does not start again within the cool-down${daily ? ', unless with another day' : ''}`, () => {
      fc.assert(
        fc.property(moments, (list) => {
          const told = course(list, daily, asItIs);
          told.forEach(({ what, at, day }, index) => {
            const [start, end] = [told[index - 2], told[index - 1]];
            if (what === 'end' || end === undefined || start === undefined) return;
            assert.ok(at - end.at >= LIMITS.alertCoolDownMs || (daily && day !== start.day));
          });
        }),
      );
    });
  }

  it('is told the same whenever Node-RED starts anew', () => {
    fc.assert(
      fc.property(moments, fc.boolean(), (list, daily) => {
        assert.deepEqual(course(list, daily, throughFile), course(list, daily, asItIs));
      }),
      { numRuns: 40 },
    );
  });

  const active = { state: 'active', day: '2026-03-15' } as const;
  const started = stepAlert(NEVER, active, false, START) ?? NEVER;

  it('starts once, and ends when the opposite is known, not when nothing is known', () => {
    assert.deepEqual([started.since, started.owed], [START, 'start']);
    assert.equal(stepAlert(started, active, false, START + HOUR), null);
    assert.equal(stepAlert(started, { state: 'unknown', day: '2026-03-16' }, false, START + 90 * HOUR), null);
    const ended = stepAlert(started, { state: 'clear', day: '2026-03-16' }, false, START + 24 * HOUR);
    assert.deepEqual([ended?.since, ended?.endedAt, ended?.owed], [null, START + 24 * HOUR, 'end']);
  });

  it('waits twelve hours from its end to its next start, also when the clock was set back meanwhile', () => {
    const ended = { ...NEVER, endedAt: START, day: '2026-03-15' };
    assert.equal(stepAlert(ended, active, false, START + 12 * HOUR - 1), null);
    assert.equal(stepAlert(ended, active, false, START + 12 * HOUR)?.owed, 'start');
    assert.equal(stepAlert(ended, active, false, START - 90 * HOUR)?.owed, 'start');
  });

  it('about the day so far: a goal reached two days running is told on both days, however soon the second is known', () => {
    const monday = stepAlert(NEVER, active, true, START) ?? NEVER;
    const over = stepAlert(monday, { ...active, day: '2026-03-16' }, true, START + HOUR);
    assert.equal(over?.owed, 'end');
    assert.equal(stepAlert(over, { ...active, day: '2026-03-16' }, true, START + HOUR)?.owed, 'start');
    assert.equal(stepAlert(over, active, true, START + HOUR), null);
  });
});
