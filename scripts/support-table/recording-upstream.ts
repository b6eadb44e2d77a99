import { once } from 'node:events';
import { createServer } from 'node:http';

export interface RecordingUpstream extends AsyncDisposable {
  /** The base that `AGENT_URL` takes. */
  url: string;
  /** Returns the bodies of the chat completions requested since the last call. */
  take(): unknown[];
}

/** Fits a JSON format as well as plain text. */
const answer = '{"answer":"yes"}';
const citation = { type: 'url_citation', url_citation: { url: 'https://example.com/', title: 'A page' } };

/**
 * Starts a chat model that always sends the same short answer, or two calls for a message of `call twice`. It adds a
 * citation for `cite a page`.
 */
export async function startRecordingUpstream(): Promise<RecordingUpstream> {
  let bodies: unknown[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (request.method === 'GET') {
      const data = ['any-model', 'other-model'].map((id) => ({ id, object: 'model', created: 0, owned_by: 'test' }));
      return void response.setHeader('content-type', 'application/json').end(JSON.stringify({ object: 'list', data }));
    }
    const text = Buffer.concat(chunks).toString();
    bodies.push(JSON.parse(text));
    response.setHeader('content-type', 'text/event-stream').end(toStream(text));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The upstream has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    take: () => bodies.splice(0),
    async [Symbol.asyncDispose]() {
      bodies = [];
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface ChatRequest {
  tools?: { function: { name: string } }[];
  tool_choice?: string | { function?: { name: string } };
}

/** Calls the named tool, or the only one, or `look`. */
function toCall(index: number, { tools = [], tool_choice: choice }: ChatRequest): object {
  const named = typeof choice === 'object' ? choice.function?.name : undefined;
  const only = tools.length === 1 ? tools[0]?.function.name : undefined;
  const name = named ?? only ?? 'look';
  return { index, id: `call_${index}`, type: 'function', function: { name, arguments: '{"input":"x"}' } };
}

function toStream(text: string): string {
  const request: ChatRequest = JSON.parse(text);
  const calls = /"content":"call twice"/.test(text);
  const annotations = /"content":"cite a page"/.test(text) ? [citation] : undefined;
  const deltas = calls
    ? [{ role: 'assistant', tool_calls: [toCall(0, request), toCall(1, request)] }]
    : [
        { role: 'assistant', reasoning_content: 'Hm.' },
        { content: answer, annotations },
      ];
  const usage = { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 };
  const chunks = [
    ...deltas.map((delta) => ({ choices: [{ index: 0, delta, finish_reason: null }] })),
    { choices: [{ index: 0, delta: {}, finish_reason: calls ? 'tool_calls' : 'stop' }] },
    { choices: [], usage },
  ];
  const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'any-model' };
  return `${chunks.map((chunk) => `data: ${JSON.stringify({ ...head, ...chunk })}\n\n`).join('')}data: [DONE]\n\n`;
}
