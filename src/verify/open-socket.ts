import { WebSocket } from 'ws';
import { errorIn, isBusy, isBusyError, toBusy } from './busy.ts';
import { Failure, Unsupported } from './outcomes.ts';
import { type ServerEvent, terminalTypes, toEvent } from './read-events.ts';
import { at } from './read-json.ts';
import type { Session } from './session.ts';
import { verifyLimits } from './verify-limits.ts';

/** A WebSocket on `/v1/responses`. */
export interface Socket extends Disposable {
  send(frame: unknown): Promise<void>;
  /** Returns the next message. Throws a Failure when none arrives in time. */
  next(): Promise<ServerEvent>;
  /** Reads the messages of one turn, up to its terminal event or an error. Throws Busy for a rate limit. */
  readTurn(): Promise<ServerEvent[]>;
}

/** Statuses that mean WebSockets are unsupported. 403 is Starlette's answer on a path without one. */
const notHere = [400, 403, 404, 405, 426, 501];

/** Opens a WebSocket. Throws Unsupported when the server has none. */
export async function openSocket(session: Session): Promise<Socket> {
  const { base, key, headers, timeoutMs } = session.target;
  await session.pacer.turn();
  session.evidence = { method: 'GET', path: `${new URL(base).pathname}/responses`, sent: 'Upgrade: websocket' };
  const socket = new WebSocket(`${base.replace(/^http/, 'ws')}/responses`, {
    headers: { ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...headers },
    handshakeTimeout: timeoutMs,
    perMessageDeflate: false,
    maxPayload: verifyLimits.replyBytes,
  });
  const messages: ServerEvent[] = [];
  const waiting: (() => void)[] = [];
  const wake = () => waiting.splice(0).forEach((resolve) => void resolve());
  let closed = '';
  let sent = '';
  socket.on('message', (data) => {
    const event = toEvent(data.toString());
    messages.push(event);
    session.evidence = {
      ...session.evidence,
      method: 'GET',
      path: '/v1/responses',
      sent,
      status: 101,
      received: event.data,
    };
    wake();
  });
  socket.on('close', (code) => {
    closed = `the connection was closed (${code})`;
    wake();
  });
  await handshake(socket);

  async function next(): Promise<ServerEvent> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const message = messages.shift();
      if (message) return message;
      if (closed !== '') throw new Failure(closed);
      if (Date.now() >= deadline) throw new Failure(`no message within ${timeoutMs / 1000} s`);
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, deadline - Date.now());
      waiting.push(resolve);
      await promise;
      clearTimeout(timer);
    }
  }

  return {
    next,
    async send(frame) {
      await session.pacer.turn();
      sent = typeof frame === 'string' ? frame : JSON.stringify(frame);
      socket.send(sent);
    },
    async readTurn() {
      const events: ServerEvent[] = [];
      for (;;) {
        const event = await next();
        events.push(event);
        if (isBusyError(errorIn(event.value)) || isBusy(Number(at(event.value, 'status')), {}))
          throw toBusy('reports a rate limit', Object(at(event.value, 'error.headers')));
        if (event.type === 'error' || terminalTypes.includes(event.type)) return events;
      }
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
}

function handshake(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_request, { statusCode = 0, headers }) => {
      if (isBusy(statusCode, headers)) reject(toBusy(`answers ${statusCode} to the upgrade`, headers));
      const isHonest = notHere.includes(statusCode);
      const message = `the server answers ${statusCode} to the upgrade`;
      reject(isHonest ? new Unsupported(message) : new Failure(message));
      socket.terminate();
    });
    socket.on('error', (error) => reject(new Failure(`the upgrade failed: ${error.message}`)));
  });
}
