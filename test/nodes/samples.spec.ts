import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nextTurn } from '../../lib/async/next-turn';
import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../../lib/catalogue/endpoints';
import { nodeTypeOf } from '../../lib/catalogue/node-type';
import { FlowRig, type OuraMessage } from '../support/flow-rig';
import { json, startServer, type ReceivedRequest, type Reply, type TestServer } from '../support/http-server';
import { HandPerson } from '../simulator/server/support/hand-person';

const SAMPLES = path.join(__dirname, '../fixtures/samples');
const NOW = '2026-08-15T12:00:00Z'; // after the newest sample
const EMPTY = { data: [], next_token: null };

type Document = Readonly<Record<string, unknown>>;

interface Sample {
  readonly text: string;
  readonly documents: readonly Document[];
}

/** The recorded answers of a folder by endpoint: `sleep.first2.json` is of `sleep`. */
function samplesIn(folder: string): ReadonlyMap<EndpointKey, Sample> {
  const files = readdirSync(path.join(SAMPLES, folder));
  return new Map(
    files.map((file) => {
      const text = readFileSync(path.join(SAMPLES, folder, file), 'utf8');
      const { data } = JSON.parse(text) as { readonly data: readonly Document[] }; // every recorded collection is this
      const key = ENDPOINT_KEYS.find((one) => one === file.split('.')[0]);
      if (key === undefined) throw new Error(`${file} is of no endpoint`);
      return [key, { text, documents: data }];
    }),
  );
}

/** A server that knows no windows: every collection answers the same, its second page is empty. */
function answer(samples: ReadonlyMap<EndpointKey, Sample>, { path: asked, query }: ReceivedRequest): Reply {
  const key = ENDPOINT_KEYS.find((one) => asked === `/v2/usercollection/${endpointOf(one).path}`);
  if (key === 'personal_info') return json({ id: 'person' });
  const sample = key === undefined ? undefined : samples.get(key);
  if (sample === undefined || query['next_token'] !== undefined) return json(EMPTY);
  return { headers: { 'content-type': 'application/json' }, body: sample.text };
}

/** A payload without what we add where the API did not send it. */
function asReceived(payload: Document, recorded: Document): Document {
  const added = ['id', 'day', 'start', 'end'].filter((key) => !(key in recorded));
  return Object.fromEntries(Object.entries(payload).filter(([key]) => !added.includes(key)));
}

const byPlace = (one: Document): string =>
  JSON.stringify([one['day'], one['start_day'], one['start_datetime'], one['timestamp'], one['id']]);

describe('recorded answers of Oura', () => {
  for (const folder of ['sandbox-recorded', 'lildude-docs-examples']) {
    describe(`of ${folder}`, () => {
      const samples = samplesIn(folder);
      let server: TestServer;
      let rig: FlowRig;

      before(async () => {
        server = await startServer((request) => answer(samples, request));
        rig = await FlowRig.start(new HandPerson([]), NOW);
        const sources = ENDPOINT_KEYS.map((key) => ({
          id: key,
          type: nodeTypeOf(key),
          account: 'account',
          output: 'query',
          wires: [['out']],
        }));
        await rig.load(sources, { apiBase: server.url, historyDays: 100 }); // so that each document comes several times
        const isThere = ({ oura }: OuraMessage): boolean => ((oura['coverage'] as { from: string | null }).from ?? '9') < '2026-06-01';
        for (const key of samples.keys()) {
          if (endpointOf(key).window.params !== 'none') while (!isThere(await rig.ask(key))) await nextTurn();
        }
      });
      after(async () => {
        await rig.clear();
        await server.close();
      });

      for (const [key, { documents }] of samples) {
        it(`come out of ${nodeTypeOf(key)} as they came from Oura, each once`, async () => {
          const oura = { select: 'range', start: '2015-01-01', end: 'today' };
          const payload = (await rig.ask(key, { oura })).payload as readonly Document[];
          assert.equal(payload.length, documents.length);
          const expected = documents.toSorted((a, b) => byPlace(a).localeCompare(byPlace(b)));
          const given = payload.toSorted((a, b) => byPlace(a).localeCompare(byPlace(b)));
          const isSeries = endpointOf(key).kind === 'series';
          assert.deepEqual(
            isSeries ? payload : given.map((one, index) => asReceived(one, expected[index] ?? {})),
            isSeries ? documents : expected,
          );
        });

        if (endpointOf(key).kind !== 'series') {
          it(`get an identity and a place in time in ${nodeTypeOf(key)}`, async () => {
            const { payload } = await rig.ask(key, { oura: { select: 'range', start: '2015-01-01', end: 'today' } });
            for (const document of payload as readonly Document[]) {
              assert.ok(typeof document['id'] === 'string' && document['id'] !== '');
              assert.match(String(document['day']), /^\d{4}-\d{2}-\d{2}$/);
            }
            const ids = (payload as readonly Document[]).map(({ id }) => id);
            assert.equal(new Set(ids).size, ids.length);
          });
        }
      }

      it('follow the next_token where there is one', () => {
        const followed = server.requests
          .filter(({ query }) => query['next_token'] === '12345')
          .map(({ path: asked }) => asked.split('/').at(-1));
        const expected = [...samples].filter(([, { text }]) => text.includes('"12345"')).map(([key]) => key);
        assert.deepEqual([...new Set(followed)].toSorted(), expected.toSorted());
      });
    });
  }
});
