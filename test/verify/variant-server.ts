import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';

// biome-ignore lint/suspicious/noExplicitAny: a variant changes the JSON that it knows is there
export type Json = any;

export interface VariantRequest {
  method: string;
  /** As sent by the client, query included. */
  path: string;
  text: string;
  body: Json;
}

/** Ways in which a conforming server may differ from this one. */
export interface Variant {
  /** Changes a request, or answers it with a status and a body. */
  ask?: (request: VariantRequest) => { status: number; body: unknown } | undefined;
  /** Changes the JSON of a reply that is no stream. */
  body?: (body: Json, request: VariantRequest) => void;
  /** Changes the blocks of one stream as they arrive, each without its empty line. */
  stream?: (request: VariantRequest) => (block: string) => string[];
  headers?: Record<string, string>;
  newline?: string;
  /** How many bytes are written at once. */
  pieceBytes?: number;
}

/** A proxy on a socket in front of a conforming server, which differs in some ways. */
export async function startVariant(upstream: string, variant: Variant) {
  const server = createServer((incoming, response) => {
    relay(incoming, response, { upstream, variant }).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const ownHeaders = ['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade'];

async function relay(
  incoming: IncomingMessage,
  response: ServerResponse,
  { upstream, variant }: { upstream: string; variant: Variant },
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const text = bytes.length > 5_000_000 ? '' : bytes.toString();
  const request = { method: incoming.method ?? '', path: incoming.url ?? '', text, body: parse(text) };
  const own = variant.ask?.(request);
  if (own) {
    response.writeHead(own.status, { 'content-type': 'application/json' }).end(JSON.stringify(own.body));
    return;
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (!ownHeaders.includes(name)) headers.set(name, `${value}`);
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const sent = request.text === text ? new Uint8Array(bytes) : request.text;
  const reply = await fetch(`${upstream}${request.path}`, {
    ...{ method: request.method, headers, signal: gone.signal },
    ...(bytes.length === 0 ? {} : { body: sent }),
  });
  await pass(reply, { response, request, variant });
}

interface Passing {
  response: ServerResponse;
  request: VariantRequest;
  variant: Variant;
}

async function pass(reply: Response, { response, request, variant }: Passing): Promise<void> {
  const isStream = reply.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const headers = Object.fromEntries([...reply.headers].filter(([name]) => !ownHeaders.includes(name)));
  response.writeHead(reply.status, { ...headers, ...(isStream ? variant.headers : {}) });
  if (!isStream) {
    const text = await reply.text();
    const body = parse(text);
    if (body !== undefined) variant.body?.(body, request);
    response.end(body === undefined ? text : JSON.stringify(body));
    return;
  }
  const change = variant.stream?.(request) ?? ((block) => [block]);
  const newline = variant.newline ?? '\n';
  let rest = '';
  for await (const chunk of (reply.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const blocks = `${rest}${chunk}`.split('\n\n');
    rest = blocks.pop() ?? '';
    const text = blocks.flatMap(change).map((block) => `${block}\n\n`);
    await writePieces(response, Buffer.from(text.join('').replaceAll('\n', newline)), variant.pieceBytes);
  }
  response.end();
}

async function writePieces(response: ServerResponse, bytes: Buffer, size = bytes.length): Promise<void> {
  for (let start = 0; start < bytes.length; start += size) {
    response.write(bytes.subarray(start, start + size));
    // Otherwise they would be sent as one.
    if (size < bytes.length) await setImmediate();
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
