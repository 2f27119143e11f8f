import assert from 'node:assert/strict';
import type { Statistic } from '../../../lib/home/statistics/statistic';
import { statisticMetadata } from '../../../lib/home/statistics/statistic-metadata';

const STEPS: Statistic = { id: 'oura:anna_steps', name: 'Oura Anna Activity steps', unit: 'steps', kind: 'sum' };
const SCORE: Statistic = { id: 'oura:anna_sleep_score', name: 'Oura Anna Sleep score', unit: 'points', kind: 'mean' };

describe('what Home Assistant is told of a statistic', () => {
  it('has the keys of old releases until 2025.10, and only those', () => {
    for (const version of ['2024.1.6', '2025.4.4', '2025.10.4']) {
      assert.deepEqual(statisticMetadata(version, STEPS), {
        statistic_id: 'oura:anna_steps',
        source: 'oura',
        name: 'Oura Anna Activity steps',
        unit_of_measurement: 'steps',
        has_sum: true,
        has_mean: false,
      });
      assert.equal(statisticMetadata(version, SCORE)['has_mean'], true);
    }
  });

  it('has the new keys since 2025.11, betas too, and none that is warned about', () => {
    for (const version of ['2025.11.0b1', '2025.12.5', '2026.1.0', '2026.11.0']) {
      assert.deepEqual(statisticMetadata(version, SCORE), {
        statistic_id: 'oura:anna_sleep_score',
        source: 'oura',
        name: 'Oura Anna Sleep score',
        unit_of_measurement: 'points',
        has_sum: false,
        mean_type: 1,
        unit_class: null,
      });
      assert.equal(statisticMetadata(version, STEPS)['mean_type'], 0);
    }
  });
});
