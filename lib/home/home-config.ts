import * as z from 'zod';

export const HOME_VIAS = ['server', 'url', 'supervisor', 'none'] as const;
/** How the connection with Home Assistant is made. */
export type HomeVia = (typeof HOME_VIAS)[number];

/** A Home Assistant as its node describes it, checked. */
export interface HomeConfig {
  readonly name: string;
  readonly via: HomeVia;
  /** Id of the `server` node of the Home Assistant nodes; empty = none. */
  readonly server: string;
  readonly url: string;
  /** Id of the broker's node; empty = none. */
  readonly broker: string;
  readonly discoveryPrefix: string;
  readonly entities: 'mqtt' | 'companion';
  /** Empty = Node-RED's. */
  readonly language: string;
}

const DISCOVERY_PREFIX = 'homeassistant';
const text = z.string().trim().catch('');
const schema = z.object({
  name: text,
  via: z.enum(HOME_VIAS).catch('none'),
  server: text,
  url: text,
  broker: text,
  discoveryPrefix: text
    .transform((prefix) => prefix.replace(/^\/+|\/+$/g, ''))
    .transform((prefix) => (prefix === '' ? DISCOVERY_PREFIX : prefix)),
  entities: z.enum(['mqtt', 'companion']).catch('mqtt'),
  language: text,
});

/** Reads the properties of an `oura-home` node; what makes no sense becomes what a new node has. */
export function homeConfig(saved: Readonly<Record<string, unknown>>): HomeConfig {
  return schema.parse(saved);
}
