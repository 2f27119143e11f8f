import assert from 'node:assert/strict';
import { Subscribers } from '../../lib/async/subscribers';

describe('listeners', () => {
  let errors: unknown[];
  let heard: string[];
  let subscribers: Subscribers<string>;

  beforeEach(() => {
    errors = [];
    heard = [];
    subscribers = new Subscribers((error) => errors.push(error));
  });

  const listener = (name: string) => (value: string) => {
    heard.push(`${name} ${value}`);
  };

  it('hear in the order they came, until they leave', () => {
    const leave = subscribers.add(listener('a'));
    subscribers.add(listener('b'));
    subscribers.tell('1');
    leave();
    leave();
    subscribers.tell('2');
    assert.deepEqual(heard, ['a 1', 'b 1', 'b 2']);
  });

  it('hear although one before them throws, and the error is told', () => {
    const error = new Error('broken');
    subscribers.add(() => {
      throw error;
    });
    subscribers.add(listener('b'));
    subscribers.tell('1');
    assert.deepEqual(heard, ['b 1']);
    assert.deepEqual(errors, [error]);
  });

  it('may come and go while something is told', () => {
    const leave = subscribers.add(() => {
      leave();
      subscribers.add(listener('late'));
    });
    subscribers.add(listener('b'));
    subscribers.tell('1');
    subscribers.tell('2');
    assert.deepEqual(heard, ['b 1', 'b 2', 'late 2']);
  });
});
