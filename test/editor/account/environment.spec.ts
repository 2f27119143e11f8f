import assert from 'node:assert/strict';
import { environmentOffers } from '../../../editor/account/environment';

describe('what the environment of Node-RED is offered for', () => {
  it('is the field of each variable that is set', () => {
    assert.deepEqual(environmentOffers(['OURA_CLIENT_SECRET', 'OURA_TOKEN', 'HOME']), [
      { field: 'clientSecret', variable: 'OURA_CLIENT_SECRET', reference: '${OURA_CLIENT_SECRET}' },
      { field: 'accessToken', variable: 'OURA_TOKEN', reference: '${OURA_TOKEN}' },
    ]);
  });

  it('is nothing when none is set', () => {
    assert.deepEqual(environmentOffers([]), []);
  });
});
