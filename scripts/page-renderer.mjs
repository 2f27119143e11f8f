import mustache from 'mustache';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Renders pages: `<% key %>` of a view, and `<%> part %>` for what several dialogs share, a file of `nodes/parts` each. Locale texts may hold
 * markup of their own, and code is not html: nothing is escaped.
 * @returns (template, view) => page
 */
export function pageRenderer(root) {
  const folder = path.join(root, 'nodes/parts');
  const parts = Object.fromEntries(
    readdirSync(folder).map((file) => [path.basename(file, '.html'), readFileSync(path.join(folder, file), 'utf8')]),
  );
  const partOf = (name) => {
    if (!Object.hasOwn(parts, name)) throw new Error(`nodes/parts has no ${name}.html`);
    return parts[name];
  };
  return (template, view) => mustache.render(template, view, partOf, { escape: (text) => text, tags: ['<%', '%>'] });
}
