/**
 * An upstream that misbehaves as the last user message instructs, and otherwise follows the script of
 * `test/helpers/upstream.ts`. It runs in its own process because a runaway answer keeps it busy.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { startUpstream, type UpstreamRequest } from '../helpers/upstream.ts';

export interface HostileUpstream extends AsyncDisposable {
  /** The base URL for `AGENT_URL`. */
  url: string;
  /** Number of exchanges with an open connection. */
  openStreams(): Promise<number>;
}

export async function startHostileUpstream(): Promise<HostileUpstream> {
  const child = fork(import.meta.filename, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  const [{ url }] = await once(child, 'message');
  return {
    url,
    async openStreams() {
      child.send('stats');
      const [{ openStreams }] = await once(child, 'message');
      return openStreams;
    },
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

type Behaviour = (response: ServerResponse, request: UpstreamRequest, word: string) => unknown;

const chunk = (delta: object, rest: object = {}) => `data: ${JSON.stringify({ choices: [{ delta, ...rest }] })}\n\n`;
const answer = chunk({ content: 'hi' }, { finish_reason: 'stop' });
const done = 'data: [DONE]\n\n';
const sse = { 'content-type': 'text/event-stream' };
const json = { 'content-type': 'application/json' };

/** Writes forever, as fast as the socket accepts data. */
function flood(response: ServerResponse, text: string): void {
  const write = () => {
    while (!response.destroyed && response.write(text));
  };
  response.on('drain', write);
  write();
}

function repeat(response: ServerResponse, text: string): void {
  const timer = setInterval(() => response.write(text), 20);
  response.on('close', () => clearInterval(timer));
}

const echoes = ({ headers, path }: UpstreamRequest): string => {
  const value = `${headers.authorization}`;
  const key = value.replace('Bearer ', '');
  const base64 = Buffer.from(key).toString('base64');
  return `key ${value} (${encodeURIComponent(key)}, ${base64}) at ${path}`;
};

const behaviours: Record<string, Behaviour> = {
  runaway: (response) => flood(response.writeHead(200, sse), chunk({ content: 'and so on '.repeat(1000) }).repeat(8)),
  trickle: (response) => flood(response.writeHead(200, sse), chunk({ content: 'x' }).repeat(64)),
  calls: (response) => {
    let index = 0;
    const call = () =>
      chunk({ tool_calls: [{ index, id: `call_${index++}`, function: { name: 'f', arguments: '' } }] });
    response.writeHead(200, sse);
    const write = () => {
      while (!response.destroyed && response.write(call()));
    };
    response.on('drain', write);
    write();
  },
  json: (response) => flood(response.writeHead(200, json), 'x'.repeat(65_536)),
  'done-open': (response) => response.writeHead(200, sse).write(answer + done),
  'finish-open': (response) => response.writeHead(200, sse).write(answer),
  'short-json': (response) =>
    response
      .writeHead(200, { ...json, 'content-length': 9999 })
      .write(JSON.stringify({ choices: [{ message: { content: 'hi' }, finish_reason: 'stop' }] })),
  'endless-error': (response) => repeat(response.writeHead(500, json), 'x'),
  'wrong-type': (response) => repeat(response.writeHead(200, { 'content-type': 'text/html' }), 'x'),
  comments: (response) => {
    response.writeHead(200, sse).write(chunk({ content: 'hi' }));
    repeat(response, ': still here\n\ndata:\n\n');
  },
  endless: (response) => repeat(response.writeHead(200, sse), chunk({ content: 'tick ' })),
  echo: (response, request, status) => {
    const message = echoes(request);
    const body = { error: { message, code: message, param: message } };
    response.writeHead(Number(status), { ...json, 'x-echo': 'yes' }).end(JSON.stringify(body));
  },
  'echo-page': (response, request) => response.writeHead(502, { 'content-type': 'text/html' }).end(echoes(request)),
  'echo-frame': (response, request) => {
    response.writeHead(200, sse).write(chunk({ content: 'hi' }));
    response.end(`data: ${JSON.stringify({ error: { message: echoes(request) } })}\n\n`);
  },
  'echo-broken': (response, request) => response.writeHead(200, sse).end(`data: ${echoes(request)}\n\n`),
  'echo-json': (response, request) =>
    response.writeHead(200, json).end(JSON.stringify({ error: { message: echoes(request) } })),
  'echo-head': (response, request) => response.socket?.end(`HTTP/1.1 200 OK\r\n${echoes(request)}\r\n\r\n`),
  continue: (response, _request, count) => {
    for (let index = 0; index < Number(count); index++) response.writeContinue();
    response.writeProcessing();
    setTimeout(() => {
      response.writeContinue();
      response.writeHead(200, sse).end(answer + done);
    }, 50);
  },
  logprobs: (response) => {
    const entry = {
      token: 'hi',
      logprob: -0.5,
      bytes: [104, 105],
      top_logprobs: [null, { token: 'ho', logprob: '1' }],
    };
    const content = [
      entry,
      null,
      'x',
      { logprob: 1 },
      { token: 'a', logprob: null },
      { token: 'b', logprob: -1, bytes: 'b' },
    ];
    response.writeHead(200, sse);
    response.end(chunk({ content: 'hi' }, { index: '0', logprobs: { content }, finish_reason: 'stop' }) + done);
  },
};

async function serve(): Promise<void> {
  const upstream = await startUpstream({
    answer(request, response) {
      // The last instruction counts, so that it is also found in the history of a compaction.
      const messages: { content: unknown }[] = request.body?.messages ?? [];
      const words = messages.map(({ content }) => `${content}`.split(' ')).findLast(([name = '']) => behaviours[name]);
      const behaviour = behaviours[words?.[0] ?? ''];
      if (behaviour === undefined) return false;
      response.on('error', () => {});
      behaviour(response, request, words?.[1] ?? '');
      return true;
    },
  });
  process.on('message', () => process.send?.({ openStreams: upstream.openStreams }));
  process.on('disconnect', () => process.exit());
  process.send?.({ url: upstream.url });
}

if (import.meta.main) await serve();
