/**
 * A Chat Completions upstream that paces any number of streams with one timer. Each token is due at its time: a late
 * timer sends all that are due. `PORT` fixes its port, so that it can be killed and restarted.
 */
import { createServer, type ServerResponse } from 'node:http';
import { readJson } from '../../bench/servers/read-json.ts';
import { type StreamScript, toScript, toToken } from '../script.ts';

interface PacedStream extends StreamScript {
  response: ServerResponse;
  startedAt: number;
  sent: number;
}

const tickMs = 10;
const head = '{"id":"chatcmpl-soak","object":"chat.completion.chunk","created":1700000000,"model":"soak","choices":[';
const streams = new Set<PacedStream>();
/** Streams that wait for their gate. */
const gated = new Set<PacedStream>();

setInterval(() => {
  const now = performance.now();
  for (const stream of streams) advance(stream, now);
}, tickMs);

const server = createServer((request, response) => {
  // At its start, a server asks what the agent is.
  if (request.method !== 'POST') {
    response.writeHead(404).end();
    return;
  }
  readJson<{ messages?: { content: string }[] }>(request, ({ messages }) => {
    const script = toScript(messages?.at(-1)?.content ?? '');
    if (script) start(script, response);
    else response.writeHead(400).end();
  });
});
server.listen({ host: '127.0.0.1', port: Number(process.env['PORT'] ?? 0), backlog: 4096 }, () => {
  const address = server.address();
  if (typeof address === 'object' && address) console.log(`http://127.0.0.1:${address.port}`);
});

function start(script: StreamScript, response: ServerResponse): void {
  const stream = { ...script, response, startedAt: 0, sent: 0 };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(toChunk({ role: 'assistant', content: '' }));
  response.once('close', () => {
    streams.delete(stream);
    gated.delete(stream);
  });
  gated.add(stream);
  if (gated.size >= script.gate) openGate();
}

/** Starts the waiting streams. Their tokens are spread over the time of one. */
function openGate(): void {
  for (const stream of gated) {
    stream.startedAt = performance.now() + (Math.random() * 1000) / stream.rate;
    streams.add(stream);
  }
  gated.clear();
}

function advance(stream: PacedStream, now: number): void {
  const { key, count, rate, startedAt, response } = stream;
  const due = Math.min(count, Math.floor(((now - startedAt) * rate) / 1000));
  if (due > stream.sent) {
    let text = '';
    while (stream.sent < due) text += toChunk({ content: toToken(key, stream.sent++) });
    response.write(text);
  }
  if (stream.sent < count) return;
  streams.delete(stream);
  const usage = `"usage":{"prompt_tokens":10,"completion_tokens":${count},"total_tokens":${count + 10}}`;
  response.end(`${toChunk({}, 'stop')}data: ${head}],${usage}}\n\ndata: [DONE]\n\n`);
}

function toChunk(delta: object, finishReason: string | null = null): string {
  return `data: ${head}${JSON.stringify({ index: 0, delta, finish_reason: finishReason })}]}\n\n`;
}
