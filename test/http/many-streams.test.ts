import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { startTalaria } from '../helpers/talaria.ts';

const count = 2_000;
/** A stream takes four sockets of this process: the two ends of the client's connection and of the agent's. */
const neededFiles = 4 * count + 500;

test(`${count} streams run at once with the default settings`, { timeout: 120_000 }, async (context) => {
  const files = toFiles(execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim());
  if (files < neededFiles) return context.skip(`the process may open ${files} files`);
  await using agent = await startMeetingAgent();
  await using server = await startTalaria({ AGENT_URL: agent.url, AGENT_MODEL: 'any' });
  const bodies = await Promise.all(
    Array.from({ length: count }, (_, index) => stream(`${server.url}/v1/responses`, { store: index % 2 === 0 })),
  );
  const whole = bodies.filter((body) => body.includes('"text":"Hello"') && body.includes('event: response.completed'));
  assert.equal(whole.length, count);
});

const toFiles = (limit: string): number => (limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit));

/** Posts a request for a stream and returns the text of its reply. `fetch` would take far longer for so many. */
async function stream(url: string, settings: object): Promise<string> {
  const sent = request(url, { method: 'POST', agent: false, headers: { 'content-type': 'application/json' } });
  sent.end(JSON.stringify({ input: 'Hi', stream: true, ...settings }));
  const [reply]: IncomingMessage[] = await once(sent, 'response');
  return reply ? text(reply) : '';
}

/** Starts an agent that sends the first word of each stream at once, and the rest when all streams have begun. */
async function startMeetingAgent(): Promise<AsyncDisposable & { url: string }> {
  const open: ServerResponse[] = [];
  const server = createServer(async (message, response) => {
    if (message.method === 'GET') return response.writeHead(404).end();
    message.resume();
    await once(message, 'end');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(toChunk({ delta: { content: 'Hel' } }));
    open.push(response);
    if (open.length < count) return undefined;
    for (const each of open) {
      each.end(`${toChunk({ delta: { content: 'lo' } })}${toChunk({ delta: {}, finish_reason: 'stop' })}${done}`);
    }
    return undefined;
  });
  server.listen({ port: 0, host: '127.0.0.1', backlog: count });
  await once(server, 'listening');
  return {
    // A server on a port has an address that is no text.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
const done = `data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`;

const toChunk = (choice: object): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }] })}\n\n`;
