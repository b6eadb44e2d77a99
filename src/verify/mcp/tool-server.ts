import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import { at } from '../read-json.ts';
import { verifyLimits } from '../verify-limits.ts';
import { answerRpc, type ReceivedCall } from './answer-rpc.ts';

/** The MCP server of one audit: a path of its own, with what arrived there. */
export interface ToolEndpoint {
  url: string;
  /** Requests of any kind. None: the server under test cannot reach this address. */
  requests: number;
  readonly calls: ReceivedCall[];
  /** The headers of the latest request. */
  headers: Readonly<Record<string, unknown>>;
}

/** An MCP server on the loopback interface, for audits of hosted MCP tools. It speaks streamable HTTP without streams. */
export class ToolServer implements AsyncDisposable {
  readonly #endpoints = new Map<string, ToolEndpoint>();
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.destroy());
  });
  #origin: Promise<string> | undefined;

  /** Opens an endpoint. Listens from the first one on. */
  async open(): Promise<ToolEndpoint> {
    this.#origin ??= this.#listen();
    const path = `/${randomUUID()}`;
    const endpoint: ToolEndpoint = { url: `${await this.#origin}${path}`, requests: 0, calls: [], headers: {} };
    this.#endpoints.set(path, endpoint);
    return endpoint;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#origin) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #listen(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${at(this.#server.address(), 'port')}`));
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const endpoint = this.#endpoints.get(request.url ?? '');
    if (!endpoint) return void response.writeHead(404).end();
    endpoint.requests += 1;
    endpoint.headers = request.headers;
    // Neither streams nor sessions.
    if (request.method !== 'POST') return void response.writeHead(405).end();
    const message = tryParseJson(await readText(request));
    if (!isObject(message)) return void response.writeHead(400).end();
    const reply = answerRpc(message, (call) => endpoint.calls.push(call));
    if (reply === undefined) return void response.writeHead(202).end();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > verifyLimits.replyBytes) throw new Error('The request is too large.');
  }
  return Buffer.concat(chunks).toString();
}
