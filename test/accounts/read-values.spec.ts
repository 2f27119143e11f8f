import assert from 'node:assert/strict';
import { FieldErrors } from '../../lib/accounts/field-errors';
import { readValues } from '../../lib/accounts/read-values';

const environment = (name: string): string | undefined => ({ OURA_CLIENT_SECRET: 'from the environment', EMPTY: '' })[name];
const stored = { clientId: 'id', clientSecret: 'stored secret', accessToken: '${OURA_CLIENT_SECRET}' };

describe('values of the account dialog', () => {
  it('come from the environment where they name a variable, and say so', () => {
    const read = readValues('a', { clientId: ' id ', clientSecret: '${OURA_CLIENT_SECRET}', name: 'Ann' }, { stored: {}, environment });
    assert.deepEqual(read.config.credentials, { clientId: 'id', clientSecret: 'from the environment', accessToken: '' });
    assert.deepEqual(read.fromEnvironment, ['clientSecret']);
  });

  it('come from the last Deploy where the browser never got them', () => {
    const { config, fromEnvironment } = readValues('a', { clientSecret: '__PWRD__', accessToken: '__PWRD__' }, { stored, environment });
    assert.deepEqual([config.credentials.clientSecret, config.credentials.accessToken], ['stored secret', 'from the environment']);
    assert.deepEqual(fromEnvironment, ['accessToken']);
  });

  it('are empty where nothing was deployed yet', () => {
    assert.equal(readValues('a', { clientSecret: '__PWRD__' }, { stored: {}, environment }).config.credentials.clientSecret, '');
  });

  it('name every variable that is not set, with its field', () => {
    assert.throws(
      () => readValues('a', { clientId: '${OURA_ID}', clientSecret: '${EMPTY}', name: 'costs ${5}' }, { stored: {}, environment }),
      (error) => {
        assert.ok(error instanceof FieldErrors);
        assert.deepEqual(error.toRefusal().errors, [
          { field: 'clientId', code: 'environment_missing', params: { name: 'OURA_ID' } },
          { field: 'clientSecret', code: 'environment_missing', params: { name: 'EMPTY' } },
        ]);
        return true;
      },
    );
  });

  it('never show what is secret in the error', () => {
    assert.throws(
      () => readValues('a', { accessToken: 'SENTINEL', clientId: '${MISSING}' }, { stored, environment }),
      (error) => error instanceof Error && !error.message.includes('SENTINEL') && !JSON.stringify(error).includes('SENTINEL'),
    );
  });
});
