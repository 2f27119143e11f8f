import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Renders the one source template into a literal page, catalogue and help per endpoint. @param render see pageRenderer @returns the node types */
export function renderSources(root, dist, { ENDPOINTS, nodeTypeOf }, render) {
  const page = readFileSync(path.join(root, 'nodes/sources/source.html'), 'utf8');
  const endpoints = Object.entries(ENDPOINTS).map(([key, row]) => ({ ...row, key, type: nodeTypeOf(key) }));
  for (const endpoint of endpoints) write(path.join(dist, 'nodes', `${endpoint.type}.html`), render(page, viewOf(endpoint)));
  for (const language of readdirSync(path.join(root, 'locales'))) renderTexts(root, dist, language, endpoints, render);
  return endpoints.map(({ type }) => type);
}

function renderTexts(root, dist, language, endpoints, render) {
  const folder = path.join(root, 'locales', language);
  const target = path.join(dist, 'nodes/locales', language);
  const { palette, sources } = JSON.parse(readFileSync(path.join(folder, 'sources.json'), 'utf8'));
  const help = readFileSync(path.join(folder, 'source-help.html'), 'utf8');
  const account = JSON.parse(readFileSync(path.join(folder, 'oura-account.json'), 'utf8'));
  const family = Object.fromEntries(Object.entries(sources).map(([key, { label, summary }]) => [key, { label, holds: summary }]));
  write(path.join(target, 'oura-account.json'), JSON.stringify({ ...account, family }, null, 2)); // its dialog and the sidebar name every family
  for (const endpoint of endpoints) {
    const texts = sources[endpoint.key];
    if (texts === undefined) throw new Error(`locales/${language}/sources.json lacks ${endpoint.key}`);
    write(path.join(target, `${endpoint.type}.json`), JSON.stringify({ palette, [endpoint.type]: { paletteLabel: texts.label } }, null, 2));
    write(path.join(target, `${endpoint.type}.html`), render(help, { ...viewOf(endpoint), ...texts }));
  }
}

function viewOf(endpoint) {
  return {
    ...endpoint,
    isSeries: endpoint.kind === 'series',
    hasDays: endpoint.window.params !== 'none',
    hasIds: endpoint.kind !== 'series',
    scope: endpoint.scopes.join(', '),
  };
}

function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
