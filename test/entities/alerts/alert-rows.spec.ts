import assert from 'node:assert/strict';
import { alertInputs } from '../../../lib/entities/alerts/alert-inputs';
import { ALERT_KEYS, ALERT_ROWS, alertRowOf, type AlertKey } from '../../../lib/entities/alerts/alert-rows';
import type { AccountState } from '../../../lib/sync/engine-events';
import { addDays } from '../../../lib/sync/local-day';
import { LocalCopy } from '../../metrics/local-copy';
import { night } from '../../support/days';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ChosenValues } from './chosen-values';

const TODAY = '2026-11-25';
const NOW = '2026-11-25T09:00:00+02:00';

describe('alerts', () => {
  let copy: LocalCopy;
  let controls: ChosenValues;
  beforeEach(() => {
    copy = new LocalCopy();
    controls = new ChosenValues();
  });

  const judge = (key: AlertKey, at = NOW, state: AccountState['kind'] = 'connected'): string =>
    alertRowOf(key).judge(alertInputs(copy.inputs(at), controls, state)).state;
  const readiness = (day: string, more: object): void => {
    copy.add('daily_readiness', { id: `r-${day}`, day, ...more });
  };
  const nights = (count: number, bpm: (index: number) => number | null): void => {
    for (let index = 1; index <= count; index += 1)
      copy.add('sleep', night(addDays(TODAY, -index), { lowest_heart_rate: bpm(index) }).body);
  };
  const lastNight = (bpm: number | null): void => {
    copy.add('sleep', night(TODAY, { lowest_heart_rate: bpm }).body);
  };

  it('know nothing without data', () => {
    for (const key of ALERT_KEYS.filter((one) => one !== 'sign_in')) assert.equal(judge(key), 'unknown', key);
  });

  it('of scores hold below the limit, also at a score of 0', () => {
    readiness(TODAY, { score: 60 });
    assert.equal(judge('readiness'), 'clear');
    controls.set('alert_readiness_score', 61);
    assert.equal(judge('readiness'), 'active');
    readiness(TODAY, { score: 0 });
    assert.equal(judge('readiness'), 'active');
    readiness(TODAY, { score: null });
    assert.equal(judge('readiness'), 'unknown');
    copy.add('daily_sleep', { id: 'd', day: TODAY, score: 59 });
    assert.equal(judge('sleep'), 'active');
  });

  it('LESSON: start with nothing older than yesterday, and midnight alone changes nothing', () => {
    readiness(TODAY, { score: 40 });
    copy.add('daily_stress', { id: 's', day: TODAY, stress_high: 7200 });
    for (const key of ['readiness', 'stress'] as const) {
      assert.equal(judge(key, '2026-11-25T23:59:00+02:00'), 'active', key);
      assert.equal(judge(key, '2026-11-26T00:01:00+02:00'), 'active', key);
      assert.equal(judge(key, '2026-11-27T09:00:00+02:00'), 'unknown', key);
    }
    copy.add('daily_stress', { id: 's2', day: '2026-11-26', stress_high: 0 });
    assert.equal(judge('stress', '2026-11-26T09:00:00+02:00'), 'clear');
  });

  it('of stress compare minutes', () => {
    copy.add('daily_stress', { id: 's', day: TODAY, stress_high: 7199 });
    assert.equal(judge('stress'), 'clear');
    copy.add('daily_stress', { id: 's', day: TODAY, stress_high: 7200 });
    assert.equal(judge('stress'), 'active');
  });

  it('of the temperature change nothing close to the limit', () => {
    const states = [0.5, 0.49, 0.46, 0.44, 0, -2].map((deviation) => {
      readiness(TODAY, { temperature_deviation: deviation });
      return judge('temperature');
    });
    assert.deepEqual(states, ['active', 'unknown', 'unknown', 'clear', 'clear', 'clear']);
  });

  it('of the resting heart rate need fourteen nights; the night itself, nights without it and naps do not count', () => {
    nights(13, () => 50);
    copy.add('sleep', { ...night(addDays(TODAY, -14), { lowest_heart_rate: null }).body });
    copy.add('sleep', { ...night(addDays(TODAY, -15), { lowest_heart_rate: 30, type: 'late_nap' }).body });
    lastNight(90);
    assert.equal(judge('resting_heart_rate'), 'unknown');
    copy.add('sleep', night(addDays(TODAY, -16), { lowest_heart_rate: 50 }).body);
    assert.equal(judge('resting_heart_rate'), 'active');
  });

  it("of the resting heart rate compare with the person's own median, which odd nights hardly move", () => {
    nights(20, (index) => (index <= 3 ? 95 : 48 + (index % 3))); // 5 × 48, 6 × 49, 6 × 50, 3 × 95: the 10th and 11th are 49
    const states = [54, 53.9, 53, 52.9].map((bpm) => {
      lastNight(bpm);
      return judge('resting_heart_rate');
    });
    assert.deepEqual(states, ['active', 'unknown', 'unknown', 'clear']);
    const { details } = ALERT_ROWS.resting_heart_rate.judge(alertInputs(copy.inputs(NOW), controls, 'connected'));
    assert.deepEqual([details['baseline'], details['limit'], details['nights']], [49, 54, 20]);
  });

  it('of an illness sign need both, of the same night', () => {
    nights(20, () => 50);
    const seen = (deviation: number | null, bpm: number): string => {
      readiness(TODAY, { temperature_deviation: deviation });
      lastNight(bpm);
      return judge('illness_sign');
    };
    assert.deepEqual(
      [seen(0.6, 56), seen(0.6, 50), seen(0.1, 56), seen(null, 56), seen(0.47, 56)],
      ['active', 'clear', 'clear', 'unknown', 'unknown'],
    );
    const other = new LocalCopy();
    copy = other;
    nights(20, () => 50);
    copy.add('sleep', night(addDays(TODAY, -1), { lowest_heart_rate: 70 }).body);
    readiness(TODAY, { temperature_deviation: 0.9 });
    assert.equal(judge('illness_sign'), 'unknown');
  });

  it('of the goal hold from the target on', () => {
    copy.add('daily_activity', { id: 'a', day: TODAY, active_calories: 499, target_calories: 500 });
    assert.equal(judge('goal'), 'clear');
    copy.add('daily_activity', { id: 'a', day: TODAY, active_calories: 500, target_calories: 500 });
    assert.equal(judge('goal'), 'active');
    copy.add('daily_activity', { id: 'a', day: TODAY, active_calories: 0, target_calories: 0 });
    assert.equal(judge('goal'), 'unknown');
  });

  it('of the battery end on the charger or well above the limit, and an old level starts nothing', () => {
    const level = (value: number, charging: boolean, timestamp = '2026-11-25T08:50:00+02:00'): string => {
      copy = new LocalCopy().addRows('ring_battery_level', { timestamp, level: value, charging, in_charger: charging });
      return judge('battery');
    };
    assert.deepEqual(
      [level(20, false), level(0, false), level(21, false), level(24, false), level(25, false), level(5, true)],
      ['active', 'active', 'unknown', 'unknown', 'clear', 'clear'],
    );
    assert.equal(level(5, false, '2026-11-24T08:50:00+02:00'), 'unknown');
  });

  it('of missing data count whole days, and an outage of Oura is none', () => {
    copy.addRows('heartrate', { timestamp: '2026-11-23T23:50:00+02:00', bpm: 60 });
    assert.equal(judge('no_data', '2026-11-24T09:00:00+02:00'), 'clear');
    assert.equal(judge('no_data', NOW), 'active');
    const outage = { lastSuccessAt: Date.parse('2026-11-24T20:00:00+02:00'), failures: 9, lastErrorCode: 'unreachable' };
    for (const family of ['heartrate', 'ring_battery_level', 'daily_activity', 'sleep'] as const) copy.state(family, outage);
    assert.equal(judge('no_data', NOW), 'unknown');
    lastNight(50);
    assert.equal(judge('no_data', NOW), 'clear');
  });

  it('of the sign-in follow the account', () => {
    assert.deepEqual(
      [judge('sign_in', NOW, 'sign_in'), judge('sign_in', NOW, 'syncing'), judge('sign_in', NOW, 'offline')],
      ['active', 'clear', 'unknown'],
    );
  });

  it('have their texts, which fill in nothing that a judgement does not say', () => {
    nights(20, () => 50);
    lastNight(70);
    readiness(TODAY, { score: 40, temperature_deviation: 0.9 });
    const file = path.join(__dirname, '../../../locales/en-US/oura-entities.json');
    const all = JSON.parse(readFileSync(file, 'utf8')) as { 'oura-entities': { alert: Record<string, Record<string, string>> } };
    const { alert } = all['oura-entities'];
    assert.deepEqual(Object.keys(alert), ALERT_KEYS);
    for (const key of ALERT_KEYS) {
      const texts = alert[key] ?? {};
      assert.deepEqual(Object.keys(texts), ['name', 'started', 'ended'], key);
      const { details } = alertRowOf(key).judge(alertInputs(copy.inputs(NOW), controls, 'connected'));
      for (const [, name = ''] of Object.values(texts)
        .join(' ')
        .matchAll(/__(\w+?)__/g))
        assert.ok(name in details, `${key}: ${name}`);
    }
  });
});
