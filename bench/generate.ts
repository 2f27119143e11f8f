import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ENDPOINT_KEYS, type EndpointKey } from '../lib/catalogue/endpoints';
import { SimulatedPerson } from '../lib/simulator/person/simulated-person';
import type { SimulatedDocument } from '../lib/simulator/types';
import { places, SCENE, type BodyIndex } from './scene';

const DAY_MS = 86_400_000;
const CHUNK_DAYS = 30;

/** Five years of one simulated person as files of JSON, made once. Arguments: the folder, a stamp that says what they were made from. */
function main(folder: string, stamp: string): void {
  const stampFile = path.join(places.person(folder), 'stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  mkdirSync(places.person(folder), { recursive: true });
  const { seed, zone, firstDay } = SCENE;
  const person = new SimulatedPerson({ seed, zone, firstDay });
  for (const endpoint of ENDPOINT_KEYS) write(folder, endpoint, documentsOf(person, endpoint));
  writeFileSync(stampFile, stamp);
}

function documentsOf(person: SimulatedPerson, endpoint: EndpointKey): readonly Pick<SimulatedDocument, 'body' | 'anchorMs'>[] {
  if (endpoint === 'personal_info') return [{ body: person.personalInfo, anchorMs: 0 }];
  if (endpoint === 'ring_configuration') return person.documents(endpoint, 0, SCENE.now, SCENE.now);
  const found: SimulatedDocument[] = [];
  for (let from = Date.parse(SCENE.firstDay) - 2 * DAY_MS; from < SCENE.now; from += CHUNK_DAYS * DAY_MS)
    for (const document of person.documents(endpoint, from, from + CHUNK_DAYS * DAY_MS - 1, SCENE.now)) found.push(document);
  return found;
}

function write(folder: string, endpoint: EndpointKey, documents: readonly Pick<SimulatedDocument, 'body' | 'anchorMs'>[]): void {
  const texts = documents.map(({ body }) => JSON.stringify(body));
  const offsets = [0];
  for (const text of texts) offsets.push((offsets.at(-1) ?? 0) + Buffer.byteLength(text) + 1);
  const index: BodyIndex = { anchors: documents.map(({ anchorMs }) => anchorMs), offsets };
  writeFileSync(places.bodies(folder, endpoint), texts.join(','));
  writeFileSync(places.index(folder, endpoint), JSON.stringify(index));
}

main(process.argv[2] ?? '', process.argv[3] ?? '');
