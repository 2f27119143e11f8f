import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chosenOf, isEverything, savedChoice, withGroup, withKey, type Choice } from '../../../editor/entities/choice';

const sleep = { group: 'sleep', keys: ['score', 'deep', 'light'] };
const heart = { group: 'heart', keys: ['rate'] };
const nothing: Choice = { groups: [], metrics: [] };

describe('the choice of entities', () => {
  it('is everything as long as nothing is chosen', () => {
    assert.ok(isEverything(savedChoice(undefined, 'senseless')));
    assert.ok(!isEverything(savedChoice(['sleep'], [])));
    assert.deepEqual(savedChoice(['sleep', 7], ['from_a_later_version']), { groups: ['sleep'], metrics: ['from_a_later_version'] });
  });

  it('of a whole group takes the place of its single ones, and the other way round', () => {
    const one = withKey(nothing, sleep, 'deep', true);
    assert.deepEqual(one, { groups: [], metrics: ['deep'] });
    assert.deepEqual(withGroup(one, sleep, true), { groups: ['sleep'], metrics: [] });
    assert.deepEqual(withKey({ groups: ['sleep'], metrics: [] }, sleep, 'deep', false), { groups: [], metrics: ['score', 'light'] });
    assert.deepEqual(withKey({ groups: [], metrics: ['score', 'light'] }, sleep, 'deep', true), { groups: ['sleep'], metrics: [] });
  });

  it('of one group leaves the others alone, whatever is ticked', () => {
    const step = fc.record({ group: fc.constantFrom(sleep, heart), index: fc.nat(2), on: fc.boolean(), whole: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const ticked = new Set<string>();
        let choice = nothing;
        for (const { group, index, on, whole } of steps) {
          const keys = whole ? group.keys : [group.keys[index % group.keys.length] ?? ''];
          for (const key of keys)
            if (on) ticked.add(key);
            else ticked.delete(key);
          choice = whole ? withGroup(choice, group, on) : withKey(choice, group, keys[0] ?? '', on);
        }
        for (const group of [sleep, heart])
          assert.deepEqual(new Set(chosenOf(choice, group)), new Set(group.keys.filter((key) => ticked.has(key))));
      }),
    );
  });
});
