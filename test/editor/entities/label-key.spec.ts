import assert from 'node:assert/strict';
import { labelKey } from '../../../editor/entities/label-key';
import { entityChoices } from '../../../lib/entities/entity-choices';
import metrics from '../../../locales/en-US/metrics.json';
import own from '../../../locales/en-US/oura-entities.json';

describe('the choice of entities, in words', () => {
  it('has a name for each member of each group', () => {
    const texts = { 'oura-entities': { ...own['oura-entities'], metric: metrics.metric, control: metrics.control } };
    const textAt = (key: string): unknown =>
      key.split('.').reduce<unknown>((at, part) => (at as Readonly<Record<string, unknown>> | undefined)?.[part], texts);
    const nameless = entityChoices().flatMap(({ group, keys }) => keys.filter((key) => typeof textAt(labelKey(group, key)) !== 'string'));
    assert.deepEqual(nameless, []);
  });
});
