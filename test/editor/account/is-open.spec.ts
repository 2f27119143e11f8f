import assert from 'node:assert/strict';
import { afterChange } from '../../../editor/account/after-change';
import { isOpen } from '../../../editor/account/is-open';
import { stepsOf, type Step } from '../../../editor/account/steps-of';

const openOf = (mode: string, answered: readonly Step[], isNew: boolean): readonly Step[] =>
  stepsOf(mode, isNew).filter((step) => isOpen(step, stepsOf(mode, isNew), new Set(answered), isNew));

describe('a step of a new account', () => {
  it('opens when everything before it is answered', () => {
    assert.deepEqual(openOf('oauth2', [], true), ['who']);
    assert.deepEqual(openOf('oauth2', ['who'], true), ['who', 'application']);
    assert.deepEqual(openOf('oauth2', ['who', 'application', 'authorise', 'test', 'keep'], true), stepsOf('oauth2', true));
  });

  it('stays closed while one before it is open, whatever comes later', () => {
    assert.deepEqual(openOf('oauth2', ['who', 'authorise', 'test', 'keep'], true), ['who', 'application']);
  });

  it('is closed when the kind of data has no such step', () => {
    assert.ok(!isOpen('application', stepsOf('demo', true), new Set<Step>(['who']), true));
    assert.ok(!isOpen('application', stepsOf('demo', false), new Set<Step>(['who']), false));
  });

  it('is asked again, with the sign-in and the test, after the application was changed', () => {
    const all = new Set<Step>(['who', 'application', 'authorise', 'test', 'keep']);
    assert.deepEqual([...afterChange('application', all)], ['who', 'keep']);
  });

  it('is asked again, with the test, after the token was changed', () => {
    assert.deepEqual([...afterChange('token', new Set<Step>(['who', 'token', 'test', 'keep']))], ['who', 'keep']);
  });

  it('alone is asked again after a name or what to keep was changed', () => {
    const all = new Set<Step>(['who', 'application', 'authorise', 'test', 'keep']);
    assert.deepEqual([...afterChange('who', all)], ['application', 'authorise', 'test', 'keep']);
    assert.deepEqual([...afterChange('keep', all)], ['who', 'application', 'authorise', 'test']);
    assert.deepEqual(afterChange('done', all), all);
  });
});

describe('the steps of an account that is there already', () => {
  it('are all open', () => {
    assert.deepEqual(openOf('oauth2', [], false), stepsOf('oauth2', false));
  });
});
