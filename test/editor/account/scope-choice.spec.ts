import assert from 'node:assert/strict';
import { chosenScopes, scopesProperty } from '../../../editor/account/scope-choice';
import { SCOPES } from '../../../lib/catalogue/scopes';

const ALL = Object.keys(SCOPES);
const USUAL = ALL.filter((scope) => scope !== 'email');

describe('the permissions an account asks for', () => {
  it('are all but the email address unless others were chosen', () => {
    assert.deepEqual(chosenScopes(''), USUAL);
  });

  it('are those that were saved, with spaces or commas between', () => {
    assert.deepEqual(chosenScopes('daily, heartrate  tag'), ['daily', 'heartrate', 'tag']);
  });

  it('are saved by name, in the order of the catalogue', () => {
    assert.equal(scopesProperty(['tag', 'daily']), 'daily tag');
    assert.equal(scopesProperty(ALL), ALL.join(' '));
  });

  it('are not saved when they are the usual ones, so that a later version may ask for more', () => {
    assert.equal(scopesProperty(USUAL.toReversed()), '');
  });

  it('are the same after saving and opening again', () => {
    for (const chosen of [['daily'], USUAL, ALL]) assert.deepEqual(chosenScopes(scopesProperty(chosen)), chosen);
  });
});
