import { OuraError } from '../errors/oura-error';
import type { HomeConfig } from './home-config';

/** Where a connection goes, and with what. */
export interface HomeTarget {
  readonly url: string;
  readonly token: string;
  /** Whether a certificate nobody vouches for is refused. */
  readonly rejectUnauthorized: boolean;
}

/** What is used of a `server` node of node-red-contrib-home-assistant-websocket: part of the flows it exports, so it stays. */
export interface ServerNode {
  readonly credentials?: { readonly host?: unknown; readonly access_token?: unknown };
  readonly config?: { readonly addon?: unknown; readonly rejectUnauthorizedCerts?: unknown };
}

/** What a target is made of besides the properties of the node. */
export interface HomeSources {
  /** Credential of the node; empty = none. */
  readonly accessToken: string;
  /** Null = not there, disabled, or not deployed yet. */
  readonly server: (id: string) => ServerNode | null;
  /** What the Supervisor gives to an app; undefined = we are none. */
  readonly supervisorToken: string | undefined;
}

const SUPERVISOR_URL = 'http://supervisor/core';
/** Hosts by which the Home Assistant nodes mean the Supervisor, even if the flow came from elsewhere. */
const SUPERVISOR_HOSTS: readonly unknown[] = [SUPERVISOR_URL, 'http://hassio/homeassistant'];

/**
 * Where the chosen way leads to; null = `none` was chosen.
 * @throws OuraError server_unknown, supervisor_missing, home_token_missing
 */
export function homeTarget({ via, server, url }: HomeConfig, sources: HomeSources): HomeTarget | null {
  if (via === 'none') return null;
  if (via === 'supervisor') return supervisorTarget(sources);
  if (via === 'server') return serverTarget(sources.server(server), sources);
  if (sources.accessToken === '') throw new OuraError('home_token_missing');
  return { url, token: sources.accessToken, rejectUnauthorized: true };
}

function supervisorTarget({ supervisorToken }: HomeSources): HomeTarget {
  if (supervisorToken === undefined || supervisorToken === '') throw new OuraError('supervisor_missing');
  return { url: SUPERVISOR_URL, token: supervisorToken, rejectUnauthorized: true };
}

function serverTarget(node: ServerNode | null, sources: HomeSources): HomeTarget {
  const { host, access_token: token } = node?.credentials ?? {};
  if (node?.config?.addon === true || SUPERVISOR_HOSTS.includes(host)) return supervisorTarget(sources);
  if (typeof host !== 'string' || host === '' || typeof token !== 'string' || token === '') throw new OuraError('server_unknown');
  return { url: host, token, rejectUnauthorized: node?.config?.rejectUnauthorizedCerts !== false };
}
