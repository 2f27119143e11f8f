import assert from 'node:assert/strict';
import { CONTROL_KEYS, controlOf, CONTROLS } from '../../lib/catalogue/controls';
import { isMetricKey } from '../../lib/catalogue/metrics';
import texts from '../../locales/en-US/metrics.json';

describe('CONTROLS', () => {
  it('has keys that Home Assistant takes, unlike any metric', () => {
    for (const key of CONTROL_KEYS) {
      assert.match(key, /^[a-z0-9]+(_[a-z0-9]+)*$/);
      assert.ok(!isMetricKey(key), key);
      assert.match(controlOf(key).icon, /^mdi:[a-z0-9]+(-[a-z0-9]+)*$/);
    }
  });

  it('has defaults that are among the choices', () => {
    for (const key of CONTROL_KEYS) {
      const control = controlOf(key);
      if (control.kind === 'select')
        assert.ok(control.options.includes(control.default) && new Set(control.options).size === control.options.length, key);
      if (control.kind !== 'number') continue;
      const steps = (control.default - control.min) / control.step;
      assert.ok(control.min <= control.default && control.default <= control.max, key);
      assert.ok(Math.abs(steps - Math.round(steps)) < 1e-9, key);
      assert.ok(control.step > 0 && control.min < control.max, key);
    }
  });

  it('covers what a person may set: phase, mode, notifications, thresholds, refresh, recovery, features', () => {
    const kinds = CONTROL_KEYS.map((key) => controlOf(key).kind);
    const count = (kind: string): number => kinds.filter((one) => one === kind).length;
    assert.deepEqual([count('select'), count('button')], [3, 2]);
    assert.ok(count('number') >= 5 && count('switch') >= 8);
    assert.equal(CONTROLS.ai_insights.default, false); // nothing leaves for an AI unless chosen
    assert.equal(CONTROLS.automation_mode.default, 'suggest'); // nothing acts unless chosen
  });

  it('has a name in English each, and no text without a control', () => {
    assert.deepEqual(Object.keys(texts.control), [...CONTROL_KEYS]);
    assert.equal(new Set(Object.values(texts.control).map(({ name }) => name)).size, CONTROL_KEYS.length);
  });
});
