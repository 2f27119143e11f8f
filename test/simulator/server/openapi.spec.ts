import assert from 'node:assert/strict';
import { ENDPOINT_KEYS, ENDPOINTS, endpointOf, type EndpointKey } from '../../../lib/catalogue/endpoints';
import { specificationErrors } from './support/openapi';
import { readAll, startSimulated, type Document } from './support/simulated-cloud';
import type { TestCloud } from './support/test-cloud';

const COLLECTIONS = ENDPOINT_KEYS.filter((key) => key !== 'personal_info');
const WINDOWS = {
  date: { start_date: '2025-01-01', end_date: '2026-11-26' },
  datetime: { start_datetime: '2026-10-26T00:00:00Z', end_datetime: '2026-11-24T09:00:00Z' },
  none: {},
} as const;
const windowOf = (key: EndpointKey): Readonly<Record<string, string>> => WINDOWS[endpointOf(key).window.params];
const pathOf = (key: EndpointKey): string => `/v2/usercollection/${endpointOf(key).path}`;

describe('answers against specification 1.39', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startSimulated();
  });
  after(() => cloud.close());

  for (const key of COLLECTIONS)
    it(`${key}: every document of the person's two years conforms, and so does the page`, async () => {
      const first = await cloud.get(pathOf(key), windowOf(key));
      assert.deepEqual(specificationErrors(pathOf(key), first.body), []);
      const data = await readAll(cloud, pathOf(key), windowOf(key));
      assert.notEqual(data.length, 0);
      assert.deepEqual(specificationErrors(pathOf(key), { data, next_token: null }), []);
    });

  for (const key of COLLECTIONS.filter((one) => endpointOf(one).selectable))
    it(`${key}: each single field of \`fields\` gives the dictionary form`, async () => {
      for (const fields of Object.keys(ENDPOINTS[key].schema.shape)) {
        const got = await cloud.get(pathOf(key), { fields });
        assert.deepEqual(specificationErrors(pathOf(key), got.body, { alternative: 'fields' }), [], fields);
        for (const body of (got.body as { readonly data: readonly Document[] }).data) assert.ok(Object.keys(body).length <= 3, fields);
      }
    });

  for (const key of COLLECTIONS.filter((one) => endpointOf(one).single))
    it(`${key}: a single document conforms and equals the one of the collection`, async () => {
      const [document] = (await readAll(cloud, pathOf(key), windowOf(key))).slice(-1);
      const got = await cloud.get(`${pathOf(key)}/${String(document?.['id'])}`);
      assert.equal(got.status, 200);
      assert.deepEqual(got.body, document);
      assert.deepEqual(specificationErrors(`${pathOf(key)}/{document_id}`, got.body), []);
    });

  it('personal_info conforms', async () => {
    const got = await cloud.get('personal_info');
    assert.deepEqual(specificationErrors('/v2/usercollection/personal_info', got.body), []);
  });

  it('every answer in error conforms where the specification shows its form', async () => {
    const got = await cloud.get('daily_sleep', { start_date: 'nonsense', end_date: 'no' });
    assert.deepEqual(specificationErrors('/v2/usercollection/daily_sleep', got.body, { status: '422' }), []);
  });
});
