import type { ServerResponse } from 'node:http';
import { limits } from '../../config/limits.ts';

/** Ends the connection of a reply: with a TCP reset, or without the rest. */
export function drop(response: ServerResponse, kind: 'reset' | 'close'): void {
  const { socket } = response;
  mute(response);
  if (kind === 'close') return socket?.destroySoon();
  if (!response.headersSent) return void socket?.resetAndDestroy();
  // A reset discards what the client has not received yet.
  setTimeout(() => socket?.resetAndDestroy(), limits.faultFlushMs).unref();
}

/** Sends nothing more, and keeps the connection open until the client leaves. */
export function hang(response: ServerResponse): void {
  mute(response);
  const cap = setTimeout(() => response.destroy(), limits.faultHangMs).unref();
  response.once('close', () => clearTimeout(cap));
}

/** Swallows everything that is written from now on. */
export function mute(response: ServerResponse): void {
  const swallowed = { writeHead: () => response, write: () => true, end: () => response };
  Object.assign(response, swallowed);
}
