import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { LIMITS } from '../lib/catalogue/limits';
import { measured, report } from './measured';
import { places } from './scene';

/**
 * What the first load is compared with: the same pages from the same server over as many kept connections, each family's pages one after the
 * other, each answer parsed and let go. Arguments: the folder, the server's address.
 */
async function main(folder: string, base: string): Promise<void> {
  const paths = JSON.parse(readFileSync(places.requests(folder), 'utf8')) as readonly string[]; // written by main.ts
  const agent = new Agent({ keepAlive: true, maxSockets: LIMITS.applicationConcurrency });
  const families = Map.groupBy(paths, (path) => path.split('?')[0]);
  let bytes = 0;
  let items = 0;
  const figures = await measured(async () => {
    const work = [...families.values()].map(async (pages) => {
      for (const path of pages) {
        const text = await textOf(`${base}${path}`, agent);
        const { data = [] } = JSON.parse(text) as { readonly data?: readonly unknown[] }; // as serve.ts writes it
        bytes += Buffer.byteLength(text);
        items += data.length;
      }
    });
    await Promise.all(work);
  });
  agent.destroy();
  report({ ...figures, requests: paths.length, bytes, items });
}

function textOf(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('end', () => {
        resolve(text);
      });
      response.once('error', reject);
    }).once('error', reject);
  });
}

void main(process.argv[2] ?? '', process.argv[3] ?? '');
