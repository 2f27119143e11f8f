import assert from 'node:assert/strict';
import type { EndpointKey } from '../../../lib/catalogue/endpoints';
import { ChangeHappenings } from '../../../lib/entities/happenings/change-happenings';
import type { Happening } from '../../../lib/entities/happenings/happening';
import type { Body, ChangeContext } from '../../../lib/ports/documents';
import type { PersonStore } from '../../../lib/ports/person-store';
import type { Settings } from '../../../lib/ports/settings';
import { createMemorySettings } from '../../../lib/store/memory-settings';
import { createMemoryStore } from '../../../lib/store/memory-store';
import { openSettingsFile } from '../../../lib/store/settings-file';
import { openSqliteStore } from '../../../lib/store/sqlite-store';
import { identifyDocuments, matchByOf } from '../../../lib/sync/identify-documents';
import { StoreKeeper } from '../../../lib/sync/store-keeper';
import { eventsDoc } from '../../../scripts/docs/events-doc';
import { beat, CLOCK } from '../../store/support/build';
import { MemoryLogger } from '../../store/support/memory-logger';
import { temporaryFolder } from '../../store/support/temporary-folder';
import { night } from '../../support/days';

const NOW = Date.parse('2026-03-15T09:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const nap = (day: string): Body => ({
  id: `nap-${day}`,
  day,
  type: 'late_nap',
  bedtime_start: `${day}T14:00:00+00:00`,
  bedtime_end: `${day}T14:40:00+00:00`,
  total_sleep_duration: 2000,
});
const workout: Body = {
  id: 'w-1',
  day: '2026-03-15',
  activity: 'running',
  intensity: 'moderate',
  label: null,
  calories: 0,
  distance: 5000,
  start_datetime: '2026-03-15T07:00:00+00:00',
  end_datetime: '2026-03-15T07:45:00+00:00',
};

for (const kind of ['memory', 'disk'] as const) {
  describe(`what happens to the data of a person, kept in ${kind === 'memory' ? 'memory' : 'a file'}`, () => {
    const file = temporaryFolder();
    let store: PersonStore;
    let settings: Settings;
    let told: Happening[];
    let published: (endpoint: EndpointKey) => boolean;
    let happenings: ChangeHappenings;

    const begin = (now = NOW): void => {
      const toMemory = (): PersonStore => assert.fail('the disk does not refuse');
      const keeper = new StoreKeeper({ opened: { store, notice: null }, toMemory, logger: new MemoryLogger() });
      happenings = new ChangeHappenings({ keeper, settings, scope: 'home', publishes: (one) => published(one) }, now);
    };
    beforeEach(() => {
      store = kind === 'memory' ? createMemoryStore() : openSqliteStore(file('ann.sqlite'), { clock: CLOCK });
      settings = kind === 'memory' ? createMemorySettings() : openSettingsFile(file('ann.json'), new MemoryLogger());
      told = [];
      published = () => true;
      begin();
    });
    afterEach(() => {
      store.close();
    });

    const put = (endpoint: EndpointKey, bodies: readonly Body[], more: Partial<ChangeContext> = {}): void => {
      const context = { via: 'poll', historic: false, at: NOW, ...more } as const;
      store.documents.upsert(endpoint, matchByOf(endpoint), identifyDocuments(endpoint, bodies), context);
    };
    const pull = (now = NOW): readonly string[] => {
      happenings.pull(now, (happening) => told.push(happening));
      return told.map(({ key }) => key);
    };
    /** As a start of the program does. */
    const restart = (now = NOW): void => {
      if (kind === 'disk') {
        store.close();
        store = openSqliteStore(file('ann.sqlite'), { clock: CLOCK });
        settings = openSettingsFile(file('ann.json'), new MemoryLogger());
      }
      begin(now);
    };

    it('a night has arrived, with what an automation needs, durations in minutes', () => {
      put('sleep', [night('2026-03-15', { average_hrv: 41, lowest_heart_rate: 48, efficiency: 91 }).body]);
      pull();
      assert.deepEqual(told, [
        {
          key: 'night_arrived',
          eventType: 'arrived',
          busEvent: 'oura_night_arrived',
          topic: 'event/night_arrived',
          at: NOW,
          isLate: false,
          attributes: {
            id: 's-2026-03-15',
            day: '2026-03-15',
            is_newest: true,
            bedtime_start: '2026-03-14T22:30:00.000+00:00',
            bedtime_end: '2026-03-15T06:30:00.000+00:00',
            total_sleep_duration: 440,
            time_in_bed: 480,
            efficiency: 91,
            average_hrv: 41,
            average_heart_rate: null,
            lowest_heart_rate: 48,
          },
        },
      ]);
    });

    it('LESSON: an amended night is not a new one, nor is a second sleep of the same night, nor one that was deleted and came back', () => {
      put('sleep', [night('2026-03-15').body]);
      pull();
      put('sleep', [night('2026-03-15', { efficiency: 80 }).body], { at: NOW + MINUTE });
      put('sleep', [night('2026-03-15', { id: 'second', bedtime_start: '2026-03-15T05:00:00+00:00' }).body], { at: NOW + 2 * MINUTE });
      store.documents.delete('sleep', 's-2026-03-15', { via: 'webhook', historic: false, at: NOW + 3 * MINUTE });
      put('sleep', [night('2026-03-15').body], { at: NOW + 4 * MINUTE });
      assert.deepEqual(pull(NOW + 5 * MINUTE), ['night_arrived']);
    });

    it('LESSON: a nap and a night that was rejected or deleted are no night; the night that comes after the nap is', () => {
      put('sleep', [nap('2026-03-15')]);
      put('sleep', [night('2026-03-14', { type: 'rest' }).body, night('2026-03-13', { type: 'deleted' }).body]);
      assert.deepEqual(pull(), []);
      put('sleep', [night('2026-03-15').body], { at: NOW + MINUTE });
      assert.deepEqual(pull(NOW + MINUTE), ['night_arrived']);
      put('sleep', [night('2026-03-14').body], { at: NOW + 2 * MINUTE }); // the person says that it was one
      assert.deepEqual(pull(NOW + 2 * MINUTE), ['night_arrived', 'night_arrived']);
      assert.equal(told[1]?.attributes['is_newest'], false);
    });

    it('a night that the first load brought is not new, also when it is amended later', () => {
      put('sleep', [night('2026-03-14').body], { historic: true, via: 'backfill', at: NOW - HOUR });
      put('sleep', [night('2026-03-14', { efficiency: 0 }).body]);
      put('sleep', [night('2026-03-14', { id: 'second', total_sleep_duration: 30_000 }).body]); // longer, so it is the main sleep now
      put('sleep', [night('2026-01-14').body], { via: 'reconcile' }); // two months ago
      assert.deepEqual(pull(), []);
    });

    it('workouts, sessions and tags are told when they are new; LESSON: a tag by its start_day', () => {
      const session = {
        id: 's-1',
        day: '2026-03-15',
        type: 'breathing',
        start_datetime: '2026-03-15T08:00:00+00:00',
        end_datetime: '2026-03-15T08:10:30+00:00',
      };
      const tag = { id: 't-1', start_day: '2026-03-15', start_time: '2026-03-15T08:00:00+00:00', tag_type_code: 'tag_generic_coffee' };
      put('workout', [workout]);
      put('workout', [{ ...workout, calories: 300 }]);
      put('session', [session]);
      put('enhanced_tag', [tag]);
      assert.deepEqual(pull(), ['workout_finished', 'session_finished', 'tag_added']);
      const [ran, breathed, tagged] = told.map(({ attributes }) => attributes);
      assert.deepEqual([ran?.['activity'], ran?.['duration'], ran?.['calories'], ran?.['distance']], ['running', 45, 0, 5000]);
      assert.deepEqual([breathed?.['kind'], breathed?.['duration'], breathed?.['mood']], ['breathing', 10.5, null]);
      assert.deepEqual([tagged?.['tag'], tagged?.['day'], tagged?.['end']], ['tag_generic_coffee', '2026-03-15', null]);
    });

    it('the documentation names every attribute', () => {
      put('sleep', [night('2026-03-15').body]);
      put('workout', [workout]);
      put('session', [{ ...workout, id: 's-1', type: 'breathing' }]);
      put('enhanced_tag', [{ id: 't-1', start_day: '2026-03-15', start_time: '2026-03-15T08:00:00+00:00' }]);
      put('daily_activity', [{ id: 'a', day: '2026-03-15', steps: 0 }]);
      assert.equal(new Set(pull()).size, 5);
      for (const { key, attributes } of told) {
        const row =
          eventsDoc()
            .split('\n')
            .find((line) => line.includes(`| \`${key}\` |`)) ?? '';
        for (const name of Object.keys(attributes)) assert.ok(row.includes(`\`${name}\``), `${key}: ${name}`);
      }
    });

    it('a sync of the ring is told once, however many families it brings and however often Node-RED starts meanwhile', () => {
      store.series.append('heartrate', [beat('2026-03-15T08:55:00Z', 61)], { via: 'poll', historic: false, at: NOW });
      pull();
      store.series.append('heartrate', [beat('2026-03-15T08:56:00Z', 62)], { via: 'poll', historic: false, at: NOW + MINUTE });
      restart(NOW + MINUTE);
      put('daily_activity', [{ id: 'a', day: '2026-03-15', steps: 0 }], { at: NOW + 2 * MINUTE });
      assert.deepEqual(pull(NOW + 2 * MINUTE), ['ring_synced']);
      assert.deepEqual(told[0]?.attributes, { family: 'heartrate', newest_at: '2026-03-15T08:55:00.000Z' });
      put('daily_activity', [{ id: 'a', day: '2026-03-15', steps: 90 }], { at: NOW + 20 * MINUTE });
      assert.deepEqual(pull(NOW + 20 * MINUTE), ['ring_synced', 'ring_synced']);
    });

    it('a restart loses nothing and repeats nothing; what is older than a day is not told, what is older than minutes is late', () => {
      put('workout', [workout]);
      pull();
      put('session', [{ id: 's-old', day: '2026-03-14', type: 'rest', start_datetime: '2026-03-14T08:00:00+00:00' }]);
      put('sleep', [night('2026-03-15').body], { at: NOW + HOUR });
      restart(NOW + 25 * HOUR);
      assert.deepEqual(pull(NOW + 25 * HOUR), ['workout_finished', 'night_arrived']);
      assert.deepEqual(
        told.map(({ isLate }) => isLate),
        [false, true],
      );
      restart(NOW + 25 * HOUR);
      assert.equal(pull(NOW + 25 * HOUR).length, 2);
    });

    it('a delivery that fails is repeated, and what was delivered before it is not', () => {
      put('workout', [workout, { ...workout, id: 'w-2', start_datetime: '2026-03-15T08:00:00+00:00' }]);
      const fail = (happening: Happening): void => {
        if (happening.attributes['id'] === 'w-2') throw new Error('the broker of the test');
        told.push(happening);
      };
      assert.throws(() => {
        happenings.pull(NOW, fail);
      });
      pull();
      assert.deepEqual(
        told.map(({ attributes }) => attributes['id']),
        ['w-1', 'w-2'],
      );
    });

    it('nothing is told of families that may not be published, also not later', () => {
      published = (endpoint) => endpoint !== 'sleep' && endpoint !== 'heartrate';
      put('sleep', [night('2026-03-15').body]);
      put('workout', [workout]);
      store.series.append('heartrate', [beat('2026-03-15T08:55:00Z', 61)], { via: 'poll', historic: false, at: NOW });
      assert.deepEqual(pull(), ['workout_finished']);
      published = () => true;
      assert.deepEqual(pull(), ['workout_finished']);
    });
  });
}
