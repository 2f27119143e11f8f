import assert from 'node:assert/strict';
import { checkStep } from '../../lib/accounts/check-step';
import { FieldErrors } from '../../lib/accounts/field-errors';
import { WIZARD_STEPS, type DialogValues, type WizardStep } from '../../lib/accounts/wire';

/** @returns `field: code` of everything that is wrong */
function wrongIn(step: WizardStep, values: DialogValues): readonly string[] {
  try {
    checkStep(step, values);
    return [];
  } catch (error) {
    assert.ok(error instanceof FieldErrors);
    return error.errors.map(({ field, error: { code } }) => `${field ?? ''}: ${code}`);
  }
}

const application = { clientId: 'id', clientSecret: 'secret', redirectUri: 'http://localhost:1880/oura/oauth/callback' };

describe('a step of the set-up', () => {
  it('opens the next one when all is well', () => {
    const all = { mode: 'oauth2', name: 'Ann', ...application, accessToken: 'token', families: { sleep: ['store'] } };
    for (const step of WIZARD_STEPS) assert.deepEqual(wrongIn(step, all), [], step);
  });

  it('asks for everything it needs, and for nothing else', () => {
    const needed = Object.fromEntries(WIZARD_STEPS.map((step) => [step, wrongIn(step, {})]));
    const ofApplication = ['clientId: field_missing', 'clientSecret: field_missing', 'redirectUri: field_missing'];
    assert.deepEqual(needed, {
      who: ['mode: field_missing'],
      application: ofApplication,
      authorise: ofApplication,
      token: ['accessToken: field_missing'],
      test: [],
      keep: [],
      done: ['mode: field_missing'],
    });
  });

  for (const [step, values, expected] of [
    ['who', { mode: 'telepathy' }, 'mode: field_invalid'],
    ['application', { ...application, clientId: 'with space' }, 'clientId: field_invalid'],
    ['application', { ...application, redirectUri: 'localhost/oura' }, 'redirectUri: field_invalid'],
    ['application', { ...application, redirectUri: 'javascript:alert(1)' }, 'redirectUri: field_invalid'],
    ['application', { ...application, authorizeUrl: 'ftp://oura' }, 'authorizeUrl: field_invalid'],
    ['application', { ...application, tokenUrl: '/token' }, 'tokenUrl: field_invalid'],
    ['application', { ...application, apiBase: 'oura' }, 'apiBase: field_invalid'],
    ['application', { ...application, scopes: 'daily, spo2Daily' }, 'scopes: field_invalid'],
    ['token', { accessToken: 'two words' }, 'accessToken: token_malformed'],
    ['keep', { families: { dreams: ['store'] } }, 'families: field_invalid'],
    ['keep', { families: { sleep: ['sell'] } }, 'families: field_invalid'],
    ['keep', { retentionDays: { sleep: 0 } }, 'retentionDays: field_invalid'],
    ['keep', { historyDays: '1.5' }, 'historyDays: field_invalid'],
    ['keep', { storage: 'tape' }, 'storage: field_invalid'],
    ['keep', { interval: '0.5' }, 'interval: field_invalid'],
    ['keep', { interval: 'often' }, 'interval: field_invalid'],
    ['keep', { dailyBudget: 0 }, 'dailyBudget: field_invalid'],
    ['keep', { timezone: 'Atlantis' }, 'timezone: field_invalid'],
    ['keep', { onRemove: 'burn' }, 'onRemove: field_invalid'],
  ] as const) {
    it(`${step} refuses ${JSON.stringify(values)}`, () => {
      assert.deepEqual(wrongIn(step, values), [expected]);
    });
  }

  it('lets everything be empty that has a default', () => {
    const values = {
      families: {},
      retentionDays: { sleep: '' },
      historyDays: '',
      storage: '',
      interval: '',
      dailyBudget: ' ',
      timezone: '',
    };
    assert.deepEqual(wrongIn('keep', values), []);
  });
});
