import assert from 'node:assert/strict';
import { slugFor } from '../../../editor/account/slug-for';

const NOBODY: ReadonlySet<string> = new Set();

describe('the short name an account is saved with', () => {
  it('is made from the name when none was typed', () => {
    assert.equal(slugFor('', 'Jürgen Groß', NOBODY), 'jurgen_gross');
    assert.equal(slugFor('', '', NOBODY), 'ring');
  });

  it('is tidied when one was typed, whatever the name', () => {
    assert.equal(slugFor('My Ring/#1', 'Anna', NOBODY), 'my_ring_1');
  });

  it('is given to no two accounts', () => {
    assert.equal(slugFor('', 'Anna', new Set(['anna', 'anna_2'])), 'anna_3');
  });

  it('stays as it is when it comes from the environment', () => {
    assert.equal(slugFor('${WHO}', 'Anna', new Set(['${WHO}'])), '${WHO}');
  });
});
