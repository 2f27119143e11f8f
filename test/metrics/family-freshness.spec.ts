import assert from 'node:assert/strict';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import { ENDPOINT_KEYS } from '../../lib/catalogue/endpoints';
import { METRIC_KEYS, metricOf } from '../../lib/catalogue/metrics';
import { familyFreshness, type FreshnessInputs } from '../../lib/metrics/family-freshness';
import { touchedMetrics } from '../../lib/metrics/touched-metrics';
import { wornLastNight } from '../../lib/metrics/worn-last-night';

const fresh: FreshnessInputs = Object.freeze({
  enabled: true,
  blocked: null,
  lastSuccessAt: Date.parse('2026-11-24T07:00:00Z'),
  lastErrorCode: null,
  failures: 0,
  newestDay: '2026-11-24',
  newestAt: null,
  nextAt: Date.parse('2026-11-24T07:15:00Z'),
  today: '2026-11-24',
  zone: 'Europe/Helsinki',
});

function reason(endpoint: EndpointKey, changes: Partial<FreshnessInputs>): string | null {
  return familyFreshness(endpoint, { ...fresh, ...changes }).reason;
}

describe('freshness of a family', () => {
  it('needs no reason while today is there', () => {
    assert.deepEqual(familyFreshness('daily_sleep', fresh), {
      endpoint: 'daily_sleep',
      newestDay: '2026-11-24',
      newestAt: null,
      fetchedAt: Date.parse('2026-11-24T07:00:00Z'),
      fetchedToday: true,
      nextAt: Date.parse('2026-11-24T07:15:00Z'),
      reason: null,
      error: null,
    });
  });

  it('names what a person can do most about first', () => {
    const bad = {
      enabled: false,
      blocked: 'no_scope',
      failures: 2,
      lastErrorCode: 'timed_out',
      lastSuccessAt: null,
      newestDay: null,
    } as const;
    assert.equal(reason('daily_sleep', bad), 'disabled');
    assert.equal(reason('daily_sleep', { ...bad, enabled: true }), 'no_scope');
    assert.equal(reason('daily_sleep', { ...bad, enabled: true, blocked: null }), 'error');
    assert.equal(reason('daily_sleep', { ...bad, enabled: true, blocked: null, failures: 0 }), 'pending');
    assert.equal(reason('daily_sleep', { newestDay: null }), 'no_data');
    assert.equal(familyFreshness('daily_sleep', { ...fresh, failures: 1, lastErrorCode: 'timed_out' }).error, 'timed_out');
    assert.equal(familyFreshness('daily_sleep', { ...fresh, lastErrorCode: 'timed_out' }).error, null); // over
  });

  it('says not_synced only when Oura was asked today, by the clock of the person', () => {
    assert.equal(reason('daily_activity', { newestDay: '2026-11-23' }), 'not_synced');
    const justBefore = Date.parse('2026-11-23T21:59:59Z');
    assert.equal(reason('daily_activity', { newestDay: '2026-11-23', lastSuccessAt: justBefore }), null);
    assert.equal(reason('daily_activity', { newestDay: '2026-11-23', lastSuccessAt: justBefore + 1000 }), 'not_synced');
  });

  it('says not_worn only of nights', () => {
    assert.equal(reason('sleep', { newestDay: '2026-11-23', worn: false }), 'not_worn');
    assert.equal(reason('sleep', { newestDay: '2026-11-23', worn: true }), 'not_synced');
    assert.equal(reason('daily_activity', { newestDay: '2026-11-23', worn: false }), 'not_synced');
  });

  it('expects no workout, tag or VO2 max each day, but rows of a series', () => {
    for (const endpoint of ['workout', 'session', 'enhanced_tag', 'vo2_max', 'rest_mode_period', 'personal_info'] as const) {
      assert.equal(reason(endpoint, { newestDay: '2026-10-01' }), null, endpoint);
    }
    assert.equal(reason('heartrate', { newestDay: null, newestAt: Date.parse('2026-11-23T21:59:00Z') }), 'not_synced');
    assert.equal(reason('heartrate', { newestDay: null, newestAt: Date.parse('2026-11-23T22:01:00Z') }), null);
  });
});

describe('the ring last night', () => {
  const yesterday = (small: string): object => ({ class_5_min: '2'.repeat(240) + small.repeat(48) });

  it('was off when nothing from 0:00 to 6:00 was worn', () => {
    assert.equal(wornLastNight(body(yesterday('0')), body({ class_5_min: `${'0'.repeat(24)}2222` })), false);
    assert.equal(wornLastNight(body(yesterday('0')), body({ class_5_min: `${'0'.repeat(23)}1` })), true);
    assert.equal(wornLastNight(body(yesterday('1')), body({ class_5_min: '000' })), true);
  });

  it('is not known before the hours are', () => {
    assert.equal(wornLastNight(null, body({ class_5_min: '000' })), null);
    assert.equal(wornLastNight(body(yesterday('0')), null), null);
    assert.equal(wornLastNight(body({ class_5_min: '000' }), body({ class_5_min: '000' })), null);
    assert.equal(wornLastNight(body({ class_5_min: 5 }), body({})), null);
  });
});

describe('metrics touched by a change', () => {
  it('are those of its family, each metric of exactly one', () => {
    const all = ENDPOINT_KEYS.flatMap(touchedMetrics);
    assert.deepEqual(all.toSorted(), [...METRIC_KEYS].toSorted());
    assert.ok(touchedMetrics('sleep').includes('average_hrv') && !touchedMetrics('sleep').includes('sleep_score'));
    assert.ok(touchedMetrics('daily_spo2').every((key) => metricOf(key).endpoint === 'daily_spo2'));
    assert.deepEqual(touchedMetrics('tag'), []); // enhanced_tag has them
  });
});

function body(document: object): Readonly<Record<string, unknown>> {
  return { ...document };
}
