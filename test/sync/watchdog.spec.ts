import assert from 'node:assert/strict';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import { LIMITS } from '../../lib/catalogue/limits';
import { Watchdog } from '../../lib/sync/watchdog';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse('2026-03-15T06:00:00Z');
const NOW = START + 3 * HOUR;
const GRACE = LIMITS.eventGraceAfterMs;
const both: ReadonlySet<EndpointKey> = new Set(['daily_sleep', 'workout']);

describe('the watch over events of webhooks', () => {
  let watchdog: Watchdog;
  beforeEach(() => {
    watchdog = new Watchdog();
    watchdog.cover(both, START);
  });
  /** Polling finds something new of a family that was read an hour ago and changed yesterday. */
  const find = (endpoint: EndpointKey = 'daily_sleep', at = NOW): void => {
    watchdog.found(endpoint, at - HOUR, START - 24 * HOUR, at);
  };

  it('is off while they cover nothing', () => {
    watchdog = new Watchdog();
    find();
    assert.deepEqual([watchdog.health(NOW + HOUR), watchdog.nextAt], ['off', Infinity]);
  });

  it('takes a quiet time for a quiet time', () => {
    assert.deepEqual([watchdog.health(NOW + 20 * 24 * HOUR), watchdog.nextAt], ['active', Infinity]);
  });

  it('says that they are silent when polling found what none had told of, after the time an event may take', () => {
    find();
    assert.equal(watchdog.nextAt, NOW + GRACE);
    assert.equal(watchdog.health(NOW + GRACE - 1), 'active');
    assert.equal(watchdog.health(NOW + GRACE), 'silent');
    assert.equal(watchdog.nextAt, Infinity);
    assert.equal(watchdog.health(NOW + 5 * HOUR), 'silent');
  });

  it('counts the grace from the first finding, however many follow', () => {
    find();
    find('workout', NOW + GRACE - 1);
    assert.equal(watchdog.health(NOW + GRACE), 'silent');
  });

  it('accepts an event that comes a little later than the poll', () => {
    find();
    watchdog.heard('daily_sleep', NOW + MINUTE);
    assert.equal(watchdog.health(NOW + GRACE), 'active');
  });

  it('is content with an event since the family was stored last: it told of this change', () => {
    watchdog.heard('daily_sleep', NOW - 20 * MINUTE);
    find();
    assert.equal(watchdog.health(NOW + GRACE), 'active');
  });

  it('is not content with an event that told of the change before', () => {
    watchdog.heard('daily_sleep', NOW - 20 * MINUTE);
    watchdog.found('daily_sleep', NOW - HOUR, NOW - 10 * MINUTE, NOW);
    assert.equal(watchdog.health(NOW + GRACE), 'silent');
  });

  it('is not content with an event of another family, nor with one of yesterday', () => {
    watchdog.heard('workout', NOW - 20 * MINUTE);
    watchdog.heard('daily_sleep', START - 20 * HOUR);
    find();
    assert.equal(watchdog.health(NOW + GRACE), 'silent');
  });

  it('learns nothing from families that events do not cover', () => {
    find('heartrate');
    assert.equal(watchdog.health(NOW + GRACE), 'active');
  });

  it('learns nothing from what may have come before they covered the family', () => {
    watchdog.found('daily_sleep', START - 1, null, NOW);
    watchdog.found('workout', null, null, NOW);
    assert.equal(watchdog.health(NOW + GRACE), 'active');
    watchdog.found('daily_sleep', START, null, NOW);
    assert.equal(watchdog.health(NOW + GRACE), 'silent');
  });

  it('begins anew with each family that they cover later', () => {
    watchdog.cover(new Set([...both, 'sleep']), NOW);
    watchdog.found('sleep', NOW - HOUR, null, NOW + MINUTE); // what came in that hour nobody could tell of
    assert.equal(watchdog.health(NOW + HOUR), 'active');
    watchdog.cover(new Set([...both, 'sleep']), NOW + 2 * HOUR);
    watchdog.found('sleep', NOW + MINUTE, null, NOW + 2 * HOUR);
    assert.equal(watchdog.health(NOW + 3 * HOUR), 'silent');
  });

  it('is content again with any event', () => {
    find();
    assert.equal(watchdog.health(NOW + GRACE), 'silent');
    watchdog.heard('workout', NOW + HOUR);
    assert.equal(watchdog.health(NOW + HOUR), 'active');
  });

  it('stays silent when the same families are covered again, and forgets with the last of them', () => {
    find();
    assert.equal(watchdog.health(NOW + GRACE), 'silent');
    watchdog.cover(both, NOW + HOUR);
    assert.equal(watchdog.health(NOW + HOUR), 'silent');
    watchdog.cover(new Set(), NOW + HOUR);
    assert.equal(watchdog.health(NOW + HOUR), 'off');
    watchdog.cover(both, NOW + HOUR);
    assert.equal(watchdog.health(NOW + HOUR), 'active');
  });

  it('forgets findings of a family that is covered no more', () => {
    find();
    watchdog.cover(new Set(['workout']), NOW + 1);
    assert.deepEqual([watchdog.nextAt, watchdog.health(NOW + HOUR)], [Infinity, 'active']);
  });

  it('goes on watching when the clock was set back', () => {
    const earlier = START - 24 * HOUR;
    watchdog.cover(both, earlier);
    find('daily_sleep', earlier + 2 * HOUR);
    assert.equal(watchdog.health(earlier + 2 * HOUR + GRACE), 'silent');
  });
});
