import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { readRecording } from '../../src/recording/read-recording.ts';
import type { RecordedEvent, RecordedExchange } from '../../src/recording/recording.ts';

export interface RecordedUpstream extends AsyncDisposable {
  /** The base that `AGENT_URL` takes. */
  url: string;
  exchanges: RecordedExchange[];
}

/** Serves the recorded replies of a real agent from a socket: to each request the first one to the same question. */
export async function startRecordedUpstream(name: string): Promise<RecordedUpstream> {
  const { exchanges } = readRecording(fileURLToPath(new URL(`agents/${name}.jsonl`, import.meta.url)));
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    answer(request, response, exchanges).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the upstream has no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    exchanges,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  exchanges: RecordedExchange[],
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString());
  const found = exchanges.find((exchange) => isSame(exchange, request, body))?.response;
  if (!found) {
    response.writeHead(404).end();
    return;
  }
  const type = found.headers.find(([header]) => header.toLowerCase() === 'content-type')?.[1];
  response.writeHead(found.status, { 'content-type': type ?? 'application/json' });
  for (const { events } of found.stream ?? []) response.write(events.map(toBytes).join(''));
  response.end(found.stream ? '' : found.json === undefined ? found.text : JSON.stringify(found.json));
}

/** Whether a recorded request is the same in what matters: its operation, whether it streams, and its tools. */
function isSame({ request, response }: RecordedExchange, { method, url }: IncomingMessage, body: unknown): boolean {
  if (request.method !== method || withoutSession(request.path) !== withoutSession(url)) return false;
  if (response === undefined || response.status >= 400) return false;
  const isPlain = (sent: unknown) => !(Object(sent).stream ?? false);
  const hasTools = (sent: unknown) => Object(sent).tools !== undefined;
  return isPlain(request.json) === isPlain(body) && hasTools(request.json) === hasTools(body);
}

/** The server chooses the sessions of an agent. */
const withoutSession = (path: string | undefined): string | undefined =>
  path?.replace(/^\/api\/sessions\/[^/]+/, '/api/sessions');

function toBytes({ event, json, text }: RecordedEvent): string {
  const name = event === undefined ? '' : `event: ${event}\n`;
  return `${name}data: ${json === undefined ? text : JSON.stringify(json)}\n\n`;
}

/** Returns the JSON events of a recorded stream. */
// biome-ignore lint/suspicious/noExplicitAny: tests inspect the JSON that they expect
export function recordedEvents(exchange: RecordedExchange | undefined): any[] {
  const events = exchange?.response?.stream?.flatMap((read) => read.events) ?? [];
  return events.flatMap(({ json }) => (json === undefined ? [] : [json]));
}
