import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { accountConfig } from '../../lib/sync/account-config';

const read = (properties: object = {}) => accountConfig({ id: 'a', ...properties }, { accessToken: 'token' });

describe('properties of an account node', () => {
  it('have a default each, so that the oldest flow still starts', () => {
    assert.deepEqual(read(), {
      id: 'a',
      name: '',
      slug: '',
      mode: 'token',
      apiBase: 'https://api.ouraring.com',
      storage: 'disk',
      dailyBudget: 5000,
      seed: 'demo',
      authorizeUrl: '',
      tokenUrl: '',
      redirectUri: '',
      scopes: ['personal', 'daily', 'heartrate', 'workout', 'tag', 'session', 'spo2', 'stress', 'heart_health', 'ring_configuration'],
      onRemove: 'keep',
      webhookUrl: '',
      credentials: { clientId: '', clientSecret: '', accessToken: 'token' },
      engine: { families: {}, retentionDays: {}, historyDays: null, intervalMs: 900_000, zone: '', once: false },
    });
  });

  it('may be numbers as text, as the editor saves them', () => {
    const { dailyBudget, engine } = read({ dailyBudget: '800', interval: '5', historyDays: '90', retentionDays: { sleep: '30' } });
    assert.deepEqual([dailyBudget, engine.intervalMs, engine.historyDays, engine.retentionDays], [800, 300_000, 90, { sleep: 30 }]);
  });

  it('take everything where no days of history are named', () => {
    for (const historyDays of ['', null, undefined]) assert.equal(read({ historyDays }).engine.historyDays, null);
  });

  it('ask for the permissions named, each once, however they are separated', () => {
    assert.deepEqual(read({ scopes: ' daily, heartrate\ndaily  email' }).scopes, ['daily', 'heartrate', 'email']);
  });

  for (const [name, value] of [
    ['scopes', ' , '],
    ['scopes', 7],
    ['onRemove', 'burn'],
    ['interval', '0'],
    ['interval', 'often'],
    ['dailyBudget', -5],
    ['dailyBudget', '${BUDGET}'],
    ['historyDays', 'all'],
    ['historyDays', -1],
    ['storage', 'tape'],
    ['mode', 'telepathy'],
    ['families', 'none'],
    ['retentionDays', 7],
    ['timezone', 2],
  ] as const) {
    it(`take their default for ${name} ${JSON.stringify(value)}`, () => {
      assert.deepEqual(read({ [name]: value }), read());
    });
  }

  it('lose no choice of a family because of a senseless one beside it', () => {
    const families = { sleep: [], heartrate: ['store', 'telegraph'], workout: 'yes', no_such_family: ['store'] };
    assert.deepEqual(read({ families }).engine.families, { sleep: [], heartrate: ['store'] });
    assert.deepEqual(read({ retentionDays: { sleep: 7, workout: '', session: 'x', no_such_family: 3 } }).engine.retentionDays, {
      sleep: 7,
    });
  });

  it('never choose a family for a language model by default', () => {
    assert.ok(!JSON.stringify(read().engine.families).includes('ai'));
  });

  it('make the sandbox one snapshot of thirty days in memory', () => {
    const { storage, engine } = read({ mode: 'sandbox', historyDays: 700, storage: 'disk' });
    assert.deepEqual([storage, engine.historyDays, engine.once], ['memory', 30, true]);
  });

  it('give a demo two years at most', () => {
    const days = (historyDays: unknown) => read({ mode: 'demo', historyDays }).engine.historyDays;
    assert.deepEqual([days(''), days(5000), days(30)], [730, 730, 30]);
  });

  it('can be anything at all without keeping the account from starting', () => {
    const keys = [
      'name',
      'slug',
      'mode',
      'apiBase',
      'storage',
      'historyDays',
      'retentionDays',
      'families',
      'interval',
      'dailyBudget',
      'timezone',
    ];
    const anything = fc.dictionary(fc.constantFrom(...keys, 'seed'), fc.anything({ withNullPrototype: false }));
    fc.assert(
      fc.property(anything, (properties) => {
        const { engine, dailyBudget } = accountConfig({ ...properties, id: 'a' }, {});
        assert.ok(engine.intervalMs >= 60_000 && dailyBudget >= 1 && (engine.historyDays ?? 1) >= 1);
      }),
    );
  });
});
