import type { HaWebSocket } from 'home-assistant-js-websocket/dist/socket.js';
import { WebSocket } from 'ws';

type Handler = (event: { readonly data?: string }) => void;

/**
 * A socket as home-assistant-js-websocket sees it. A frame that is no message would throw inside the library's listener and so end the
 * whole process; here it ends the connection.
 */
export function librarySocket(socket: WebSocket, version: string): HaWebSocket {
  const handlers = new Map<string, Handler>();
  socket.on('message', (data: Buffer) => {
    try {
      handlers.get('message')?.({ data: data.toString() });
    } catch {
      socket.terminate(); // what our own listeners throw is caught before it gets here
    }
  });
  socket.on('close', () => handlers.get('close')?.({}));
  const seen = {
    haVersion: version,
    OPEN: WebSocket.OPEN,
    get readyState(): number {
      return socket.readyState;
    },
    addEventListener: (type: string, handler: Handler): void => {
      handlers.set(type, handler);
    },
    send: (text: string): void => {
      socket.send(text);
    },
    close: (): void => {
      socket.close();
    },
  };
  return seen as unknown as HaWebSocket; // all that the library uses of a browser's socket
}
