import assert from 'node:assert/strict';
import { isRetention, retentionProperty } from '../../../editor/account/retention';

describe('how long a family is kept', () => {
  it('is saved as a number of days, and left out when it is for ever', () => {
    assert.deepEqual(retentionProperty({ sleep: '90', tag: '', heartrate: ' 7 ' }), { sleep: 90, heartrate: 7 });
  });

  it('is saved as it was typed when it comes from the environment or is no number, for the server to judge', () => {
    assert.deepEqual(retentionProperty({ sleep: '${DAYS}', tag: '1.5' }), { sleep: '${DAYS}', tag: '1.5' });
  });

  it('is right when it is a whole number of days, empty, or from the environment', () => {
    for (const right of ['', ' ', '1', '3650', '${DAYS}']) assert.ok(isRetention(right), right);
    for (const wrong of ['0', '-1', '1.5', 'a week', '07']) assert.ok(!isRetention(wrong), wrong);
  });
});
