import assert from 'node:assert/strict';
import { heartRate } from '../support/days';
import type { HandDocument } from '../simulator/server/support/hand-person';
import { CompareRig } from './support/compare-rig';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-03-02T00:00:00Z');

/** Rows of the heart every half hour. @param absent stretches [from, to) without any, hours since the start */
function rows(hours: number, absent: readonly (readonly [number, number])[] = []): readonly HandDocument[] {
  const all = Array.from({ length: 2 * hours }, (_, index) => index / 2);
  const kept = all.filter((hour) => absent.every(([from, to]) => hour < from || hour >= to));
  return kept.map((hour) => heartRate(new Date(START + hour * HOUR).toISOString(), 60));
}

describe('a comparison of a series', () => {
  let rig: CompareRig;
  const start = async (documents: readonly HandDocument[]): Promise<void> => {
    rig = await CompareRig.start(documents);
    await rig.load('heartrate', '2026-03-02', '2026-03-16');
  };
  afterEach(() => rig.clear());

  /** Days up to yesterday: holes only. */
  const holes = (from = '2026-03-02', to = '2026-03-14') => rig.asked(() => rig.reconcile('heartrate', from, to));
  const put = (fromHour: number, toHour: number): void => {
    for (let hour = fromHour; hour < toHour; hour += 0.5) {
      rig.cloud.control.put('heartrate', heartRate(new Date(START + hour * HOUR).toISOString(), 61).body);
    }
  };

  it('asks nothing when nothing is missing, and that is a success', async () => {
    await start(rows(13 * 24 + 9));
    const asked = await rig.asked(async () => {
      const outcome = await rig.reconcile('heartrate', '2026-03-02', '2026-03-14');
      assert.deepEqual([outcome.rows, outcome.newestDay], [0, '2026-03-15']);
    });
    assert.deepEqual(asked, []);
  });

  it('reads the newest rows too when its days include today, as a poll does, and all days where they fit on one page', async () => {
    await start(rows(13 * 24, [[50, 51]]));
    put(13 * 24, 13 * 24 + 9);
    put(50, 51);
    assert.deepEqual(await rig.asked(() => rig.reconcile('heartrate', '2026-03-02', '2026-03-16')), ['03-02T00:00 03-16T09:00']);
    assert.equal(rig.family.newestAt, Date.parse('2026-03-15T08:30:00Z'));
    assert.equal(rig.times('heartrate').length, 2 * (13 * 24 + 9));
  });

  it('reads no more than a page of what it has where rows are many, and the holes before that', async () => {
    const minutes = Array.from({ length: 13 * 24 * 60 }, (_, index) => START + index * MINUTE);
    const kept = minutes.filter((time) => time < START + 96 * HOUR || time >= START + 100 * HOUR);
    await start(kept.map((time) => heartRate(new Date(time).toISOString(), 60)));
    const asked = await rig.asked(() => rig.reconcile('heartrate', '2026-03-02', '2026-03-16'));
    assert.deepEqual(asked, ['03-14T10:39 03-16T09:00', '03-05T23:59 03-06T04:00']); // 800 minutes before the newest row
  });

  it('LESSON: late uploads: a day that came behind newer ones by more than twelve hours is read, and only that day', async () => {
    await start(rows(13 * 24 + 9, [[96, 120]]));
    put(96, 120);
    assert.deepEqual(await holes(), ['03-05T23:30 03-07T00:00']);
    assert.equal(rig.times('heartrate').length, 2 * (13 * 24 + 9));
    assert.equal(new Set(rig.times('heartrate')).size, rig.times('heartrate').length);
    assert.deepEqual(
      rig.changes().map(({ kind, via, historic }) => [kind, via, historic]),
      [['created', 'reconcile', false]],
    );
    assert.deepEqual(await holes(), []); // older than what may still follow
  });

  it('reads near holes in one piece, and three pieces at most, those not asked for so far first, of them the newest', async () => {
    const absent = [
      [10, 14],
      [34, 38],
      [58, 62],
      [63, 67],
      [106, 110],
      [154, 158],
    ] as const;
    await start(rows(13 * 24 + 9, absent));
    assert.deepEqual(await holes(), ['03-08T09:30 03-08T14:00', '03-06T09:30 03-06T14:00', '03-04T09:30 03-04T19:00']);
    assert.deepEqual((await holes()).slice(0, 2), ['03-03T09:30 03-03T14:00', '03-02T09:30 03-02T14:00']);
  });

  it('asks for an empty hole day after day while rows may still come, and never again when it is old', async () => {
    await start(rows(13 * 24 + 9, [[250, 270]]));
    const hole = ['03-12T09:30 03-13T06:00'];
    const seen: (readonly string[])[] = [];
    for (let day = 0; day < 8; day += 1) {
      seen.push(await holes());
      rig.cloud.control.advance(DAY);
    }
    assert.deepEqual(seen, [hole, hole, hole, hole, hole, hole, [], []]); // asked a last time seven days after its end
    put(255, 260);
    assert.deepEqual(await holes(), []);
    assert.deepEqual(await holes('2026-03-13', '2026-03-14'), []); // a part of it
  });

  it('asks for what is left of a hole that was filled in part', async () => {
    await start(rows(13 * 24 + 9, [[250, 270]]));
    put(255, 260);
    await holes();
    rig.cloud.control.advance(DAY);
    assert.deepEqual(await holes(), ['03-12T09:30 03-13T06:00']); // near each other: one piece
    put(250, 255);
    put(260, 269);
    await holes();
    put(269, 270); // now the stretch without a row is shorter than a hole
    assert.deepEqual(await holes(), ['03-12T09:30 03-13T06:00']);
    assert.equal(rig.times('heartrate').length, 2 * (13 * 24 + 9));
  });

  it('looks only at the days that are loaded and kept', async () => {
    await start(rows(13 * 24 + 9, [[10, 20]]));
    rig.family = { ...rig.family, reached: '2026-03-03' };
    assert.deepEqual(await holes(), []);
    rig.family = { ...rig.family, reached: '2026-01-01' };
    rig.keepFrom = '2026-03-03';
    assert.deepEqual(await holes(), []);
    rig.keepFrom = '0000-01-01';
    assert.deepEqual(await holes(), ['03-02T09:30 03-02T20:00']);
  });

  it('keeps both rows of one instant at the edge of a hole, each once', async () => {
    const at = new Date(START + 96 * HOUR).toISOString();
    await start([...rows(13 * 24 + 9, [[96.5, 120]])]);
    const twice = [heartRate(at, 60).body, { ...heartRate(at, 99).body, source: 'workout' }];
    const context = { via: 'poll', historic: true, at: 0 } as const;
    rig.keeper.current.series.append(
      'heartrate',
      twice.map((body) => ({ time: Date.parse(at), body })),
      context,
    );
    rig.cloud.control.fail({ match: { path: '/v2/usercollection/heartrate' }, body: { data: twice, next_token: null } });
    await holes();
    assert.equal(rig.times('heartrate').filter((time) => time === at).length, 2);
  });

  it('reads every row of its days when it is told to', async () => {
    await start(rows(13 * 24 + 9));
    rig.cloud.control.put('heartrate', heartRate('2026-03-05T10:10:00.000Z', 99).body);
    assert.deepEqual(await rig.asked(() => rig.reconcile('heartrate', '2026-03-04', '2026-03-06', true)), ['03-04T00:00 03-07T00:00']);
    assert.ok(rig.times('heartrate').includes('2026-03-05T10:10:00.000Z'));
  });

  it('forgets nothing it has read when a piece fails', async () => {
    await start(rows(13 * 24 + 9, [[96, 120]]));
    rig.cloud.control.fail({ match: { path: '/v2/usercollection/heartrate' }, status: 400, times: 1 });
    await assert.rejects(rig.reconcile('heartrate', '2026-03-02', '2026-03-14'), { code: 'request_refused' });
    put(96, 120);
    assert.deepEqual(await holes(), ['03-05T23:30 03-07T00:00']);
  });

  it('takes six hours without a row of the battery, which tells its level once an hour, for a hole, and three for none', async () => {
    const battery = (hour: number): HandDocument => {
      const timestamp = new Date(START + hour * HOUR).toISOString();
      return { endpoint: 'ring_battery_level', anchor: timestamp, body: { timestamp, level: 50, charging: false, in_charger: false } };
    };
    rig = await CompareRig.start(
      Array.from({ length: 13 * 24 }, (_, hour) => hour)
        .filter((hour) => (hour < 50 || hour > 52) && (hour < 100 || hour > 105))
        .map(battery),
    );
    await rig.load('ring_battery_level', '2026-03-02', '2026-03-16');
    const asked = await rig.asked(() => rig.reconcile('ring_battery_level', '2026-03-02', '2026-03-14'));
    assert.deepEqual(asked, ['03-06T03:00 03-06T10:00']);
  });
});
