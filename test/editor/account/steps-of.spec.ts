import assert from 'node:assert/strict';
import { stepsOf } from '../../../editor/account/steps-of';

describe('the steps of the account dialog', () => {
  const steps: Readonly<Record<string, readonly string[]>> = {
    oauth2: ['who', 'application', 'authorise', 'test', 'keep', 'done'],
    token: ['who', 'token', 'test', 'keep', 'done'],
    demo: ['who', 'keep', 'done'],
    sandbox: ['who', 'keep', 'done'],
  };
  for (const [mode, expected] of Object.entries(steps)) {
    it(`of a new account with ${mode} are ${expected.join(', ')}`, () => {
      assert.deepEqual(stepsOf(mode, true), expected);
    });

    it(`of an account with ${mode} that is there already begin with its state`, () => {
      assert.deepEqual(stepsOf(mode, false), ['account', ...expected]);
    });
  }

  it('are all of them when the mode comes from the environment', () => {
    assert.deepEqual(stepsOf('${MODE}', true), ['who', 'application', 'authorise', 'token', 'test', 'keep', 'done']);
  });
});
