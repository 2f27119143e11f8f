// Builds the package: one bundle, a stub and a page per node type, icons and locales beside them. Fails on any error.
import { build } from 'esbuild';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderSources } from './render-sources.mjs';
import { licenceTexts } from './licence-texts.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dist = path.join(root, 'dist');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

rmSync(dist, { recursive: true, force: true });
mkdirSync(path.join(dist, 'nodes/icons'), { recursive: true });

const common = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  logLevel: 'warning',
  absWorkingDir: root,
  external: Object.keys(manifest.dependencies),
};
const bundles = await Promise.all([
  build({ ...common, entryPoints: ['nodes/index.ts'], outfile: 'dist/oura.js', legalComments: 'none', metafile: true }),
  build({ ...common, entryPoints: ['lib/simulator/main.ts'], outfile: 'dist/simulator.js', legalComments: 'none', metafile: true }),
]);
writeFileSync(
  path.join(dist, 'LICENSES.txt'),
  licenceTexts(
    root,
    bundles.map(({ metafile }) => metafile),
  ),
);

const catalogueFile = path.join(dist, 'catalogue.cjs');
await build({ ...common, entryPoints: ['scripts/catalogue-entry.ts'], outfile: catalogueFile });
const catalogue = createRequire(import.meta.url)(catalogueFile);
rmSync(catalogueFile);

const types = [];
for (const folder of ['account', 'data']) {
  for (const file of readdirSync(path.join(root, 'nodes', folder)).filter((name) => name.startsWith('oura-') && name.endsWith('.html'))) {
    cpSync(path.join(root, 'nodes', folder, file), path.join(dist, 'nodes', file));
    types.push(path.basename(file, '.html'));
  }
}
types.push(...renderSources(root, dist, catalogue));
for (const type of types) {
  writeFileSync(
    path.join(dist, 'nodes', `${type}.js`),
    `'use strict';\nmodule.exports = (RED) => require('../oura.js').register(RED, '${type}');\n`,
  );
}

for (const language of readdirSync(path.join(root, 'locales'))) {
  const target = path.join(dist, 'nodes/locales', language);
  mkdirSync(target, { recursive: true });
  for (const file of readdirSync(path.join(root, 'locales', language)).filter((name) => name.startsWith('oura-'))) {
    cpSync(path.join(root, 'locales', language, file), path.join(target, file));
  }
}
cpSync(path.join(root, 'icons'), path.join(dist, 'nodes/icons'), { recursive: true });

const listed = manifest['node-red'].nodes;
const expected = Object.fromEntries(types.map((type) => [type, `dist/nodes/${type}.js`]));
const sorted = (table) => JSON.stringify(Object.entries(table).toSorted());
if (sorted(listed) !== sorted(expected)) {
  throw new Error(`package.json "node-red.nodes" must list exactly:\n${JSON.stringify(expected, null, 2)}`);
}
