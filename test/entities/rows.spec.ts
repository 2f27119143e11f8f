import assert from 'node:assert/strict';
import { CONTROL_KEYS } from '../../lib/catalogue/controls';
import { METRIC_KEYS } from '../../lib/catalogue/metrics';
import { DIAGNOSTIC_KEYS } from '../../lib/entities/diagnostics';
import { entityChoices } from '../../lib/entities/entity-choices';
import { ENTITY_GROUPS } from '../../lib/entities/entity-groups';
import { EVENT_KEYS } from '../../lib/entities/event-rows';
import { JUDGEMENT_KEYS, judgementOf } from '../../lib/entities/judgements';
import { OWN_KEYS } from '../../lib/entities/own-keys';
import metrics from '../../locales/en-US/metrics.json';
import own from '../../locales/en-US/oura-entities.json';

const { judgement, diagnostic, event } = own['oura-entities'];
const names = { metric: metrics.metric, control: metrics.control, judgement, event, diagnostic } as const;

describe('the rows of entities', () => {
  it('share one name space: no key stands in two tables, or twice', () => {
    assert.deepEqual(OWN_KEYS, [...METRIC_KEYS, ...JUDGEMENT_KEYS, ...CONTROL_KEYS, ...EVENT_KEYS, ...DIAGNOSTIC_KEYS]);
    assert.deepEqual(
      OWN_KEYS.filter((key, index) => OWN_KEYS.indexOf(key) !== index),
      [],
    );
    for (const key of OWN_KEYS) assert.match(key, /^[a-z0-9]+(_[a-z0-9]+)*$/);
  });

  it('have a name each, another one than all others, and there is no name without a row', () => {
    const keys = {
      metric: METRIC_KEYS,
      control: CONTROL_KEYS,
      judgement: JUDGEMENT_KEYS,
      event: EVENT_KEYS,
      diagnostic: DIAGNOSTIC_KEYS,
    } as const;
    const all = (['metric', 'control', 'judgement', 'event', 'diagnostic'] as const).flatMap((kind) => {
      assert.deepEqual(Object.keys(names[kind]).toSorted(), [...keys[kind]].toSorted(), kind);
      return Object.values(names[kind]).map(({ name }) => name.toLowerCase());
    });
    assert.equal(new Set(all).size, OWN_KEYS.length);
  });

  it('belong to a group each, and every group has a name', () => {
    const choices = entityChoices();
    assert.deepEqual(
      choices.map(({ group }) => group),
      ENTITY_GROUPS,
    );
    assert.deepEqual(choices.flatMap(({ keys }) => keys).toSorted(), OWN_KEYS.toSorted());
    const groups: readonly string[] = [...Object.keys(metrics.group), ...Object.keys(own['oura-entities'].group)];
    assert.deepEqual(groups.toSorted(), ENTITY_GROUPS.toSorted());
  });

  it('of judgements rest on metrics that exist', () => {
    const known: readonly string[] = METRIC_KEYS;
    for (const key of JUDGEMENT_KEYS)
      assert.ok(
        judgementOf(key).reads.every((metric) => known.includes(metric)),
        key,
      );
  });
});
