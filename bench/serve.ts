import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../lib/catalogue/endpoints';
import { windowOf } from '../lib/simulator/server/window-of';
import { Zone } from '../lib/simulator/server/zone';
import { places, SCENE, type BodyIndex } from './scene';

/** One endpoint's answers, ready to be cut out. */
interface Shelf {
  readonly endpoint: EndpointKey;
  readonly bytes: Buffer;
  readonly index: BodyIndex;
}

const PREFIX = '/v2/usercollection/';
/** Not of the API: the requests since the last call, as a JSON list of paths. */
const REQUESTS = '/requests';

/** Serves the generated files page by page as the API does: windows, pages with `next_token`. Prints its address; ends with its parent. */
function main(folder: string): void {
  const shelves = new Map(ENDPOINT_KEYS.map((endpoint) => [endpointOf(endpoint).path, shelfOf(folder, endpoint)]));
  const zone = new Zone(SCENE.zone);
  let requests: string[] = [];
  const server = createServer({ keepAliveTimeout: 75_000 }, ({ url = '/' }, response) => {
    if (url === REQUESTS) {
      send(response, 200, Buffer.from(JSON.stringify(requests)));
      requests = [];
      return;
    }
    requests.push(url);
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    const shelf = pathname.startsWith(PREFIX) ? shelves.get(pathname.slice(PREFIX.length)) : undefined;
    if (shelf === undefined) send(response, 404, Buffer.from('{"detail":"Not Found"}'));
    else answer(response, shelf, searchParams, zone);
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo; // a listening TCP server's address is always this
    process.stdout.write(`http://127.0.0.1:${port}\n`);
  });
  process.stdin.on('end', () => process.exit()).resume();
}

function shelfOf(folder: string, endpoint: EndpointKey): Shelf {
  const index = JSON.parse(readFileSync(places.index(folder, endpoint), 'utf8')) as BodyIndex; // written by generate.ts
  return { endpoint, bytes: readFileSync(places.bodies(folder, endpoint)), index };
}

function answer(response: ServerResponse, { endpoint, bytes, index }: Shelf, query: URLSearchParams, zone: Zone): void {
  const row = endpointOf(endpoint);
  if (row.kind === 'singleton') {
    send(response, 200, bytes);
    return;
  }
  const { bounds, refused } = windowOf(row, query, zone, SCENE.now);
  if (bounds === null) {
    send(response, refused.status, Buffer.from(JSON.stringify(refused.body ?? null)));
    return;
  }
  const all = row.window.params === 'none';
  const from = Number(query.get('next_token') ?? (all ? 0 : firstFrom(index.anchors, bounds.fromMs)));
  const end = all ? index.anchors.length : firstFrom(index.anchors, bounds.toMs + 1);
  const to = Math.min(end, from + (row.kind === 'series' ? SCENE.rowsPerPage : SCENE.documentsPerPage));
  const start = index.offsets[from] ?? 0;
  const part = bytes.subarray(start, Math.max(start, (index.offsets[to] ?? 0) - 1));
  const token = to < end ? `"${to}"` : 'null';
  send(response, 200, Buffer.concat([Buffer.from('{"data":['), part, Buffer.from(`],"next_token":${token}}`)]));
}

/** Index of the first anchor that is not less. */
function firstFrom(anchors: readonly number[], ms: number): number {
  let low = 0;
  for (let high = anchors.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((anchors[middle] ?? Infinity) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

function send(response: ServerResponse, status: number, bytes: Buffer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}

main(process.argv[2] ?? '');
