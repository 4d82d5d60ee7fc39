import type { Socket, SocketHandlers } from './connection.ts';

/** The browser's WebSocket as the connection wants it. An error is followed by a close, and says nothing more than that. */
export function openBrowserSocket(url: string, handlers: SocketHandlers): Socket {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => handlers.opened();
  socket.onmessage = ({ data }) => handlers.frame(data);
  socket.onclose = () => handlers.closed();
  return {
    send: (text) => socket.send(text),
    close() {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    },
  };
}
