// Builds the package: one bundle, a stub and a page per node type, icons and locales beside them. Fails on any error.
import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pageRenderer } from './page-renderer.mjs';
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
  build({ ...common, entryPoints: ['lib/auth/token-process-main.ts'], outfile: 'dist/tokens.js', legalComments: 'none', metafile: true }),
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

// What the editor loads: each folder of editor/ with a main.ts becomes resources/<folder>.js, whose exports are the global oura<Folder>.
const resources = path.join(root, 'resources');
rmSync(resources, { recursive: true, force: true });
await Promise.all(
  readdirSync(path.join(root, 'editor'))
    .filter((folder) => existsSync(path.join(root, 'editor', folder, 'main.ts')))
    .map((folder) =>
      build({
        bundle: true,
        platform: 'browser',
        target: 'es2022',
        format: 'iife',
        minify: true,
        logLevel: 'warning',
        absWorkingDir: root,
        entryPoints: [`editor/${folder}/main.ts`],
        outfile: path.join(resources, `${folder}.js`),
        globalName: `oura${folder[0].toUpperCase()}${folder.slice(1)}`,
        loader: { '.css': 'text' },
        define: {
          FAMILIES: JSON.stringify(Object.keys(catalogue.ENDPOINTS)),
          LANGUAGES: JSON.stringify(readdirSync(path.join(root, 'locales'))),
          ENTITY_GROUPS: JSON.stringify(catalogue.entityChoices()),
        },
      }),
    ),
);

// Plugins: a page each, and a part for the runtime that only says that it is there.
const plugins = readdirSync(path.join(root, 'plugins')).map((file) => path.basename(file, '.html'));
cpSync(path.join(root, 'plugins'), path.join(dist, 'plugins'), { recursive: true });
for (const plugin of plugins) {
  writeFileSync(
    path.join(dist, 'plugins', `${plugin}.js`),
    `'use strict';\nmodule.exports = (RED) => RED.plugins.registerPlugin('${plugin}', { type: '${plugin}' });\n`,
  );
}

for (const language of readdirSync(path.join(root, 'locales'))) {
  for (const file of readdirSync(path.join(root, 'locales', language)).filter((name) => name.startsWith('oura-'))) {
    const owner = plugins.includes(path.parse(file).name) ? 'plugins' : 'nodes';
    const target = path.join(dist, owner, 'locales', language);
    mkdirSync(target, { recursive: true });
    cpSync(path.join(root, 'locales', language, file), path.join(target, file));
  }
  addMetricTexts(language);
}

/** The names of metrics and controls are texts of the entities node: Node-RED knows no other file. */
function addMetricTexts(language) {
  const file = path.join(dist, 'nodes/locales', language, 'oura-entities.json');
  const { 'oura-entities': own, ...others } = JSON.parse(readFileSync(file, 'utf8'));
  const { metric, control, group, reason } = JSON.parse(readFileSync(path.join(root, 'locales', language, 'metrics.json'), 'utf8'));
  const all = { ...own, metric, control, reason, group: { ...group, ...own.group } };
  writeFileSync(file, `${JSON.stringify({ ...others, 'oura-entities': all }, null, 2)}\n`);
}
const types = [];
const renderPage = pageRenderer(root);
for (const folder of ['account', 'data', 'home']) {
  for (const file of readdirSync(path.join(root, 'nodes', folder)).filter((name) => name.startsWith('oura-') && name.endsWith('.html'))) {
    writeFileSync(path.join(dist, 'nodes', file), renderPage(readFileSync(path.join(root, 'nodes', folder, file), 'utf8'), {}));
    types.push(path.basename(file, '.html'));
  }
}
types.push(...renderSources(root, dist, catalogue, renderPage));
for (const type of types) {
  writeFileSync(
    path.join(dist, 'nodes', `${type}.js`),
    `'use strict';\nmodule.exports = (RED) => require('../oura.js').register(RED, '${type}');\n`,
  );
}

cpSync(path.join(root, 'icons'), path.join(dist, 'nodes/icons'), { recursive: true });

const sorted = (table) => JSON.stringify(Object.entries(table).toSorted());
for (const [kind, names] of Object.entries({ nodes: types, plugins })) {
  const expected = Object.fromEntries(names.map((name) => [name, `dist/${kind}/${name}.js`]));
  if (sorted(manifest['node-red'][kind] ?? {}) === sorted(expected)) continue;
  throw new Error(`package.json "node-red.${kind}" must list exactly:\n${JSON.stringify(expected, null, 2)}`);
}
