import assert from 'node:assert/strict';
import { StepState } from '../../../editor/account/step-state';

describe('the way through the steps', () => {
  it('of a new account begins with who it is, and is complete when what to keep is answered', () => {
    const state = new StepState(() => 'demo', true);
    assert.equal(state.current, 'who');
    assert.ok(!state.isComplete);
    state.answer(['who']);
    assert.ok(!state.isComplete);
    state.answer(['keep']);
    assert.ok(state.isComplete);
  });

  it('cannot jump over a step', () => {
    const state = new StepState(() => 'oauth2', true);
    assert.ok(!state.open('keep'));
    assert.equal(state.current, 'who');
    state.answer(['who', 'application', 'authorise', 'test']);
    assert.ok(state.open('keep'));
    assert.ok(state.open('application'));
    assert.equal(state.current, 'application');
  });

  it('is no longer complete when something was changed', () => {
    const state = new StepState(() => 'token', true);
    state.answer(['who', 'token', 'test', 'keep']);
    assert.ok(state.isComplete);
    state.change('token');
    assert.ok(!state.isComplete);
    assert.deepEqual([...state.answered], ['who', 'keep']);
  });

  it('has other steps for another kind of data, and keeps what was answered', () => {
    let mode = 'demo';
    const state = new StepState(() => mode, true);
    state.answer(['who', 'keep']);
    mode = 'oauth2';
    assert.ok(!state.isComplete);
    assert.ok(state.isOpen('application'));
    mode = 'sandbox';
    assert.ok(state.isComplete);
  });

  it('ends at its ends', () => {
    const state = new StepState(() => 'demo', false);
    assert.equal(state.current, 'account');
    assert.equal(state.neighbour('account', -1), 'account');
    assert.equal(state.neighbour('account', 1), 'who');
    assert.equal(state.neighbour('done', 1), 'done');
  });

  it('is free in an account that is there already', () => {
    const state = new StepState(() => 'oauth2', false);
    assert.ok(state.isComplete && state.open('keep') && state.open('authorise'));
  });
});
