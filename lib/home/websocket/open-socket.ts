import { WebSocket, type RawData } from 'ws';
import { LIMITS } from '../../catalogue/limits';
import { errorOfNetwork } from '../../errors/error-of-network';
import { OuraError } from '../../errors/oura-error';

import type { HomeAddress } from './home-address';

/** A connection that Home Assistant has let in. */
export interface OpenSocket {
  readonly socket: WebSocket;
  /** Version of Home Assistant. */
  readonly version: string;
  readonly host: string;
}

interface Greeting {
  readonly type?: unknown;
  readonly ha_version?: unknown;
}

/** Home Assistant may then send several messages in one frame, as an array. */
const FEATURES = JSON.stringify({ id: 1, type: 'supported_features', features: { coalesce_messages: 1 } });

/**
 * Opens a socket and signs in. Redirects are not followed: the token goes to the address that was given, nowhere else.
 * @param signal ends the attempt
 * @throws OuraError home_sign_in, tls_failed {host, reason}, home_away {host, reason: the system's error code, `HTTP_<status>`, `CLOSED`,
 * `NOT_HOME_ASSISTANT`}; the signal's reason. Nothing of the library's error goes further.
 */
export function openSocket(
  { socketUrl, host }: HomeAddress,
  { token, rejectUnauthorized }: { readonly token: string; readonly rejectUnauthorized: boolean },
  signal: AbortSignal,
): Promise<OpenSocket> {
  signal.throwIfAborted();
  const socket = new WebSocket(socketUrl, { rejectUnauthorized, perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    const settled = new AbortController();
    const refuse = (error: Error): void => {
      settled.abort();
      reject(error);
      socket.terminate();
    };
    const onMessage = (data: RawData): void => {
      const greeting = greetingIn(data);
      if (greeting?.type === 'auth_required') socket.send(JSON.stringify({ type: 'auth', access_token: token }));
      else if (greeting?.type === 'auth_invalid') refuse(new OuraError('home_sign_in'));
      else if (greeting?.type === 'auth_ok' && typeof greeting.ha_version === 'string') {
        settled.abort();
        socket.off('message', onMessage).send(FEATURES);
        resolve({ socket, version: greeting.ha_version, host });
      } else refuse(new OuraError('home_away', { host, reason: 'NOT_HOME_ASSISTANT' }));
    };
    const giveUp = (): void => {
      refuse(signal.reason as Error);
    };
    signal.addEventListener('abort', giveUp, { once: true, signal: settled.signal });
    hearFailures(socket, host, refuse);
    socket.on('message', onMessage);
  });
}

/** For the life of the socket: an error that nobody hears would end the process. */
function hearFailures(socket: WebSocket, host: string, refuse: (error: OuraError) => void): void {
  const away = (reason: string): void => {
    refuse(new OuraError('home_away', { host, reason }));
  };
  socket.on('upgrade', (response) => response.socket.setKeepAlive(true, LIMITS.homeKeepAliveMs));
  socket.on('unexpected-response', (_request, { statusCode }) => {
    away(`HTTP_${statusCode ?? 0}`);
  });
  socket.on('error', (cause) => {
    const error = errorOfNetwork(cause, host);
    if (error.code === 'tls_failed') refuse(error);
    else away(String(error.params['reason']));
  });
  socket.on('close', () => {
    away('CLOSED');
  });
}

function greetingIn(data: RawData): Greeting | null {
  try {
    const parsed: unknown = JSON.parse((data as Buffer).toString()); // binaryType is `nodebuffer`
    return typeof parsed === 'object' ? parsed : null;
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}
