import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import { SocketChecker } from '../helpers/contract-check.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests read the JSON that they expect
export type Message = any;

export interface SocketClient extends AsyncDisposable {
  socket: WebSocket;
  /** Sent as JSON unless it is text or bytes. */
  send(frame: object | string | Buffer): void;
  /** Returns the next message. Rejects when the connection closes first or the message violates the contract. */
  next(): Promise<Message>;
  /** Returns all messages up to the next terminal event or error envelope. */
  rest(): Promise<Message[]>;
  /** Sends a `response.create` of these fields (`store: false` by default) and returns the messages of its turn. */
  create(fields: object): Promise<Message[]>;
  /** The number of received messages that were not read. */
  readonly waiting: number;
  /** The close code of the connection. */
  closed: Promise<number>;
}

const last = ['response.completed', 'response.incomplete', 'response.failed', 'error'];

export const toSocketUrl = (url: string): string => `${url.replace(/^http/, 'ws')}/v1/responses`;

/** Opens a client of the Responses WebSocket mode that checks each message against the contract. */
export async function connectSocket(url: string, options: ClientOptions = {}): Promise<SocketClient> {
  const socket = new WebSocket(toSocketUrl(url), { perMessageDeflate: false, ...options });
  const checker = new SocketChecker();
  const messages: Message[] = [];
  let wake = Promise.withResolvers<void>();
  let failure: unknown;
  socket.on('message', (data) => {
    try {
      messages.push(checker.message(data.toString()));
    } catch (error) {
      failure ??= error;
    }
    wake.resolve();
  });
  const closed = new Promise<number>((resolve) => {
    socket.once('close', (code) => {
      failure ??= new Error(`The connection closed with ${code}.`);
      wake.resolve();
      resolve(code);
    });
  });

  const next = async (): Promise<Message> => {
    for (;;) {
      if (messages.length > 0) return messages.shift();
      if (failure) throw failure;
      await wake.promise;
      wake = Promise.withResolvers();
    }
  };
  const rest = async (): Promise<Message[]> => {
    const turn = [await next()];
    while (!last.includes(turn.at(-1).type)) turn.push(await next());
    return turn;
  };
  const send = (frame: object | string | Buffer) =>
    socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));

  await once(socket, 'open');
  // A later failure shows in `closed`.
  socket.on('error', () => undefined);
  return {
    socket,
    send,
    next,
    rest,
    create: (fields) => {
      send({ type: 'response.create', store: false, ...fields });
      return rest();
    },
    get waiting() {
      return messages.length;
    },
    closed,
    async [Symbol.asyncDispose]() {
      socket.terminate();
      await closed;
      if (failure instanceof Error && !failure.message.startsWith('The connection closed')) throw failure;
    },
  };
}

/** Returns the text of a turn's answer. */
export function textOf(turn: Message[]): string {
  const { output } = turn.at(-1).response;
  return output
    .flatMap((item: Message) => item.content ?? [])
    .map((part: Message) => part.text)
    .join('');
}

export const idOf = (turn: Message[]): string => turn.at(-1).response.id;

/** Returns a complete error envelope. */
export function errorMessage(status: number, code: string, message: string, param: string | null = null) {
  const type = status >= 500 ? 'server_error' : status === 429 ? 'rate_limit_error' : 'invalid_request_error';
  return { type: 'error', status, error: { type, code, message, param } };
}
