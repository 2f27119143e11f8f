import type { SimulatedDocument } from '../types';
import { documentId } from './document-id';
import { MS } from './units';
import type { Visibility } from './visibility';

const FIRMWARE_EVERY_DAYS = 120;

/** ring_configuration: an older ring that claims to be set up in 1970, as a live answer had it (2024), and the one in use. */
export function ringConfigurationDocuments(view: Visibility, now: number): readonly SimulatedDocument[] {
  const { model } = view;
  const setUp = Math.floor((model.timing(model.first).bed - 3 * MS.hour) / MS.second) * MS.second;
  if (setUp > now) return [];
  const ring = (n: number, at: number, details: Readonly<Record<string, string>>): SimulatedDocument['body'] => ({
    id: documentId(model.chance, 'ring_configuration', 0, n),
    color: details['color'],
    design: details['design'],
    firmware_version: details['firmware'] ?? null,
    hardware_type: details['hardware'],
    set_up_at: `${new Date(at).toISOString().slice(0, 19)}+00:00`,
    size: 9,
  });
  const firmware = firmwareAt(view, setUp, now);
  return [
    { body: ring(0, 0, { color: 'silver', design: 'heritage', hardware: 'gen2' }), anchorMs: 0, visibleAt: setUp },
    {
      body: ring(1, setUp, { color: 'stealth_black', design: 'horizon', hardware: 'gen3', firmware: firmware.version }),
      anchorMs: setUp,
      visibleAt: firmware.visibleAt,
    },
  ];
}

/** The newest firmware whose first app opening lies before `now`. */
function firmwareAt(view: Visibility, setUp: number, now: number): { readonly version: string; readonly visibleAt: number } {
  for (let n = Math.floor((now - setUp) / (FIRMWARE_EVERY_DAYS * MS.day)); n > 0; n -= 1) {
    const visibleAt = view.syncs.next(setUp + n * FIRMWARE_EVERY_DAYS * MS.day, 'app', now);
    if (visibleAt <= now) return { version: `2.${8 + n}.${(7 * n) % 5}`, visibleAt };
  }
  return { version: '2.8.0', visibleAt: setUp };
}
