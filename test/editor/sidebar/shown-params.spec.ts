import assert from 'node:assert/strict';
import { shownParams } from '../../../editor/support/shown-params';

const TEXTS: Readonly<Record<string, string>> = {
  'scope.heart_health': 'heart health',
  'scope.tag': 'tags',
  'family.sleep.label': 'sleep',
  'family.vo2_max.label': 'VO2 max',
  'reason.pending.label': 'not read yet',
  'error.timed_out': 'No answer',
};
const t = (key: string): string => TEXTS[key] ?? `namespace:${key}`; // Node-RED gives back a key that it does not know

describe('the parameters of an error', () => {
  it('name permissions as a person knows them', () => {
    assert.deepEqual(shownParams(t, { code: 'scopes_missing', params: { scopes: 'heart_health, tag, new_one' } }), {
      scopes: 'heart health, tags, new_one',
    });
    assert.deepEqual(shownParams(t, { code: 'scope_missing', params: { scope: 'tag' } }), { scope: 'tags' });
  });

  it('name families by what is the matter with them', () => {
    const params = { families: 'sleep:pending, vo2_max:timed_out, tag:pending' };
    assert.deepEqual(shownParams(t, { code: 'families_behind', params }), { families: 'sleep, tag (not read yet); VO2 max (No answer)' });
  });

  it('stay as they are otherwise', () => {
    const params = { status: 0, path: '/v2/usercollection/tag', reason: 'a:b' };
    assert.deepEqual(shownParams(t, { code: 'request_refused', params }), params);
  });
});
