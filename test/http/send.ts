import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { checkBody, findOperation } from '../helpers/contract-check.ts';

export interface SendOptions {
  /** `GET`, or `POST` where there is a body. */
  method?: string;
  headers?: OutgoingHttpHeaders;
  /** Text and bytes go as they are, a list of bytes chunk by chunk, anything else as JSON. */
  body?: unknown;
  /** False: the reply is not checked, since it comes from no operation, or from one that a test has broken. */
  contract?: false;
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The parsed body of a JSON reply. */
  json: unknown;
}

/**
 * One request over node:http: `fetch` won't let a test set `Host` or `Connection`, and hides encodings. A JSON reply of
 * one of the contract's operations is checked against the contract.
 */
export function send(url: string, options: SendOptions = {}): Promise<Reply> {
  const method = options.method ?? (options.body === undefined ? 'GET' : 'POST');
  const bytes = toBytes(options.body);
  const headers = {
    ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(Buffer.isBuffer(bytes) ? { 'content-length': bytes.length } : {}),
    ...options.headers,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, async (incoming) => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of incoming) chunks.push(chunk);
        const text = Buffer.concat(chunks).toString();
        const isJson = incoming.headers['content-type']?.startsWith('application/json') && text !== '';
        const reply = { status: incoming.statusCode ?? 0, headers: incoming.headers, text };
        const operation = options.contract ?? findOperation(method, new URL(url).pathname);
        if (operation && isJson) checkBody(operation, reply.status, text);
        resolve({ ...reply, json: isJson ? JSON.parse(text) : undefined });
      } catch (error) {
        reject(error);
      }
    });
    outgoing.on('error', reject);
    for (const chunk of Array.isArray(bytes) ? bytes : [bytes]) if (chunk) outgoing.write(chunk);
    outgoing.end();
  });
}

function toBytes(body: unknown): Buffer | Buffer[] | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  if (Array.isArray(body) && body.every((chunk) => Buffer.isBuffer(chunk))) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** OpenAI's envelope, as an error reply must hold it, whole. */
export function envelope(code: string, message: string, param: string | null = null, type = 'invalid_request_error') {
  return { error: { message, type, param, code } };
}

/** Opens a socket to the server, for what is not well-formed HTTP. */
export function openSocket(url: string): Socket {
  const { hostname, port } = new URL(url);
  return connect(Number(port), hostname);
}

/** Writes bytes as they are; resolves with all that comes back until the server closes. */
export async function exchange(url: string, bytes: string): Promise<string> {
  const socket = openSocket(url);
  socket.write(bytes);
  let received = '';
  for await (const chunk of socket) received += chunk;
  return received;
}
