import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toScript } from './to-script.ts';

/** The model's id. */
const obedient = 'obedient';

export interface ObedientModel extends AsyncDisposable {
  /** The base URL of its API, with `/v1`. */
  url: string;
}

/** A Talaria with the offline agent. */
interface OfflineServer {
  /** The base URL of its API, with `/v1`. */
  url: string;
  key: string;
}

interface ChatRequest {
  messages?: { role?: string; content?: unknown }[];
  tools?: { function?: { name?: string } }[];
}

/**
 * Starts a model with OpenAI's chat API that does exactly what an audit asks for, so that no server is blamed for the
 * model behind it. It turns the question into a script and lets the offline agent answer.
 */
export async function startObedientModel(offline: OfflineServer): Promise<ObedientModel> {
  const server = createServer((request, response) => {
    answer(request, response, offline).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The obedient model has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, offline: OfflineServer): Promise<void> {
  if (request.method === 'GET') {
    const model = { id: obedient, object: 'model', created: 1, owned_by: 'leaderboard' };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ object: 'list', data: [model] }));
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const left = new AbortController();
  response.once('close', () => left.abort());
  const reply = await fetch(`${offline.url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${offline.key}` },
    body: JSON.stringify({ ...toScripted(JSON.parse(Buffer.concat(chunks).toString())), model: 'offline' }),
    signal: left.signal,
  });
  response.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? 'application/json' });
  if (reply.body) await pipeline(Readable.fromWeb(reply.body), response);
  else response.end();
}

/** Replaces the last message of the user by a script, if it asks for something. */
function toScripted(request: ChatRequest): ChatRequest {
  const { messages = [], tools = [] } = request;
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const script = toScript(toText(messages[last]?.content), {
    history: messages
      .slice(0, Math.max(last, 0))
      .map(({ content }) => toText(content))
      .join('\n'),
    tools: tools.map((tool) => tool.function?.name ?? ''),
  });
  return script === undefined
    ? request
    : { ...request, messages: messages.with(last, { role: 'user', content: script }) };
}

function toText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.flatMap((part) => (typeof part?.text === 'string' ? [part.text] : [])).join('\n');
}
