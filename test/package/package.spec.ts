import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ENDPOINT_KEYS } from '../../lib/catalogue/endpoints';
import { nodeTypeOf } from '../../lib/catalogue/node-type';
import { packedPackage, type PackedPackage } from '../support/packed-package';
import { RealNodeRed, ROOT } from '../support/real-node-red';

const NAME = '@oura-flows/node-red-oura';
const CONFIG_TYPES: readonly string[] = ['oura-account', 'oura-home'];
const TYPES = [
  ...CONFIG_TYPES,
  'oura-entities',
  'oura-refresh',
  'oura-statistics',
  'oura-status',
  'oura-webhook',
  ...ENDPOINT_KEYS.map(nodeTypeOf),
];
const FAULT = /\[error\]|Unhandled|TypeError|ReferenceError/;

interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly wires?: readonly (readonly string[])[];
}
interface NodeSet {
  readonly id: string;
  readonly types: readonly string[];
  readonly enabled: boolean;
  readonly err?: string;
}

interface PluginSet {
  readonly id: string;
  readonly module: string;
  readonly enabled: boolean;
  readonly err?: string;
}

const examplesDir = path.join(ROOT, 'examples');
const examples = readdirSync(examplesDir).map((file) => ({
  file,
  flow: JSON.parse(readFileSync(path.join(examplesDir, file), 'utf8')) as FlowNode[], // checked below
}));

describe('the packed package', function () {
  this.timeout(180_000);
  let packed: PackedPackage;

  before(() => {
    packed = packedPackage();
  });
  after(() => {
    packed.clear();
  });

  for (const module of ['node-red', 'node-red-4'] as const) {
    describe(`in a real ${module}`, () => {
      let nodeRed: RealNodeRed;
      before(async () => {
        nodeRed = await RealNodeRed.start(module);
        await packed.install(nodeRed);
      });
      after(() => nodeRed.clear());

      it('installs as the palette does and loads every node without an error', async () => {
        const sets = (
          (await nodeRed.admin('GET', '/nodes', undefined, { accept: 'application/json' })) as (NodeSet & { module: string })[]
        ).filter((set) => set.module === NAME);
        assert.deepEqual(
          sets.map(({ err, enabled }) => err ?? enabled),
          TYPES.map(() => true),
        );
        assert.deepEqual(sets.flatMap(({ types }) => types).toSorted(), TYPES.toSorted());
      });

      it('serves pages, help and texts of every node to the editor', async () => {
        const page = await (await fetch(`${nodeRed.url}/nodes`, { headers: { accept: 'text/html' } })).text();
        for (const type of TYPES) {
          assert.ok(page.includes(`data-template-name="${type}"`), `no dialog of ${type}`);
          assert.ok(page.includes(`data-help-name="${type}"`), `no help of ${type}`);
          assert.ok(page.includes(`registerType('${type}'`), `no page of ${type}`);
        }
        const texts = (await nodeRed.admin('GET', `/nodes/messages?lng=en-US`)) as Record<string, unknown>;
        for (const type of TYPES)
          assert.ok(
            JSON.stringify(texts[`${NAME}/${type}`] ?? '').includes('paletteLabel') || CONFIG_TYPES.includes(type),
            `no texts of ${type}`,
          );
        for (const type of TYPES) assert.equal((await fetch(`${nodeRed.url}/icons/${NAME}/${type}.svg`)).status, 200, `no icon of ${type}`);
      });

      it('serves the sidebar tab with its texts, and the scripts of the editor', async () => {
        const plugins = (await nodeRed.admin('GET', '/plugins', undefined, { accept: 'application/json' })) as readonly PluginSet[];
        const own = plugins.filter((set) => set.module === NAME);
        assert.deepEqual(
          own.map(({ id, enabled, err }) => [id, err ?? enabled]),
          [[`${NAME}/oura-sidebar`, true]],
        );
        const page = await (await fetch(`${nodeRed.url}/plugins`, { headers: { accept: 'text/html' } })).text();
        const scripts = [...page.matchAll(/resources\/@oura-flows\/node-red-oura\/\w+\.js/g)].map(([file]) => file);
        assert.deepEqual(scripts, [`resources/${NAME}/sidebar.js`]);
        for (const script of [...scripts, `resources/${NAME}/account.js`])
          assert.equal((await fetch(`${nodeRed.url}/${script}`)).status, 200, script);
        const texts = (await nodeRed.admin('GET', '/plugins/messages?lng=en-US')) as Record<string, unknown>;
        assert.match(JSON.stringify(texts[`${NAME}/oura-sidebar`] ?? ''), /"signed_in":"Signed in"/);
      });

      for (const { file, flow } of examples) {
        it(`runs the example "${file}" without an error`, async () => {
          const before = nodeRed.log.length;
          await nodeRed.deploy(flow);
          const deployed = (await nodeRed.admin('GET', '/flows')) as FlowNode[];
          assert.equal(deployed.length, flow.length);
          const lines = nodeRed.log.slice(before);
          assert.deepEqual(
            lines.filter((line) => FAULT.test(line) || line.includes('missing types')),
            [],
          );
          assert.ok(nodeRed.running);
        });
      }
    });
  }

  it('has an example for every node type, without loose wires', () => {
    const used = new Set(examples.flatMap(({ flow }) => flow.map(({ type }) => type)));
    assert.deepEqual(
      TYPES.filter((type) => !used.has(type)),
      [],
    );
    for (const { file, flow } of examples) {
      const ids = new Set(flow.map(({ id }) => id));
      const wired = flow.flatMap(({ wires = [] }) => wires.flat());
      assert.deepEqual(
        wired.filter((id) => !ids.has(id)),
        [],
        file,
      );
    }
  });

  it('carries no credentials in its examples', () => {
    for (const { file, flow } of examples) assert.ok(!JSON.stringify(flow).includes('"credentials"'), file);
  });
});
