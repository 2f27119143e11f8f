import { OuraError } from '../../errors/oura-error';

/** Where Home Assistant's WebSocket interface is. */
export interface HomeAddress {
  /** `ws://homeassistant.local:8123/api/websocket` */
  readonly socketUrl: string;
  /** `homeassistant.local:8123`: for logs and errors, holds no credentials. */
  readonly host: string;
}

/** Where an app of Home Assistant finds it; the Supervisor passes everything on. */
const SUPERVISOR = /^https?:\/\/(supervisor\/core|hassio\/homeassistant)(\/|$)/i;

/**
 * The WebSocket address that belongs to the address of Home Assistant.
 * @param text http or https; a path in front of Home Assistant's own is allowed (reverse proxies), as are `/api` and slashes at the end
 * @throws OuraError `home_address_invalid` for anything else, also for an address that carries a user name, a query or a fragment
 */
export function homeAddress(text: string): HomeAddress {
  const trimmed = text.trim().replace(/\/+$/, '');
  const url = URL.parse(trimmed);
  if (url === null || !/^https?:\/\//i.test(trimmed)) throw new OuraError('home_address_invalid');
  if (url.username !== '' || url.password !== '' || /[?#]/.test(trimmed)) throw new OuraError('home_address_invalid');
  if (SUPERVISOR.test(trimmed)) return { socketUrl: 'ws://supervisor/core/websocket', host: 'supervisor' };
  const path = url.pathname.replace(/\/+$/, '').replace(/\/api(\/websocket)?$/, '');
  return { socketUrl: `${url.protocol === 'https:' ? 'wss' : 'ws'}://${url.host}${path}/api/websocket`, host: url.host };
}
