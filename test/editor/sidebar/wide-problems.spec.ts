import assert from 'node:assert/strict';
import { wideProblems } from '../../../editor/sidebar/wide-problems';
import type { EndpointKey } from '../../../lib/catalogue/endpoints';

const missing = (scope: string, family: EndpointKey): Parameters<typeof wideProblems>[0][number] => ({
  code: 'scope_missing',
  params: { scope },
  family,
});

describe('what the sidebar says of a whole account', () => {
  it('is its own problems, not those of a family', () => {
    const own = { code: 'store_unavailable', params: { reason: 'ENOSPC' }, family: null };
    assert.deepEqual(wideProblems([own, { code: 'timed_out', params: {}, family: 'tag' }]), [own]);
  });

  it('is also every missing permission, in one line', () => {
    assert.deepEqual(wideProblems([missing('tag', 'tag'), missing('tag', 'enhanced_tag')]), [
      { code: 'scope_missing', params: { scope: 'tag' } },
    ]);
    assert.deepEqual(wideProblems([missing('tag', 'tag'), missing('workout', 'workout')]), [
      { code: 'scopes_missing', params: { scopes: 'tag, workout' } },
    ]);
    assert.deepEqual(wideProblems([]), []);
  });
});
