import { ENDPOINT_KEYS, endpointOf } from '../../lib/catalogue/endpoints';
import { nodeTypeOf } from '../../lib/catalogue/node-type';

const INTRO = `# Endpoints

Generated from \`lib/catalogue/endpoints.ts\`. Window: how many days more than wanted are asked for before and after, and what Oura compares with them;
documents are then chosen by their own day. Scopes: any of them opens the family; none = every sign-in.
`;

/** The table of all endpoints, as a Markdown document. */
export function endpointsDoc(): string {
  const rows = ENDPOINT_KEYS.map((key) => {
    const { path, kind, window, scopes, webhook, freshness, day, start } = endpointOf(key);
    const asked =
      window.params === 'none'
        ? 'whole list'
        : `−${window.padBefore} / +${window.padAfter} days, ${window.anchor}, ≤ ${window.chunkDays} days`;
    const cells = [key, nodeTypeOf(key), path, kind, day ?? '–', start ?? '–', asked, scopes.join(', '), webhook ?? '–', freshness];
    return `| ${cells.map((cell, index) => (index < 3 ? `\`${cell}\`` : cell)).join(' | ')} |`;
  });
  const head = ['family', 'node', 'path', 'kind', 'day', 'start', 'window', 'scopes', 'webhook', 'changes'];
  return [INTRO, `| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows, ''].join('\n');
}
