import { randomUUID } from 'node:crypto';
import type { PassedReply, PassedRequest } from './broken-server.ts';

/**
 * Background runs, resuming, cancelling and idempotency, in memory, in front of a server without them: so that the
 * audits for them are shown to pass on a server that has them, and to fail on one that has them wrong.
 */
export interface StandIn {
  /** `undefined`: nothing that this adds. */
  answer(request: PassedRequest): Promise<PassedReply | undefined>;
  close(): void;
}

interface Run {
  frames: string[];
  // biome-ignore lint/suspicious/noExplicitAny: the response as the server under it gives it
  response: any;
  ended: boolean;
  end: Promise<void>;
  abort: AbortController;
}

const running = ['queued', 'in_progress'];

export function createStandIn(upstream: string): StandIn {
  const runs = new Map<string, Run>();
  const answers = new Map<string, { body: string; reply: PassedReply }>();

  async function begin(request: PassedRequest): Promise<PassedReply> {
    const { background: _, ...body } = request.body;
    const abort = new AbortController();
    const reply = await fetch(`${upstream}/v1/responses`, {
      method: 'POST',
      headers: { ...request.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, stream: true }),
      signal: abort.signal,
    });
    const run: Run = { frames: [], response: undefined, ended: false, end: Promise.resolve(), abort };
    const first = Promise.withResolvers<void>();
    run.end = read(run, reply, first.resolve).catch(() => undefined);
    await first.promise;
    runs.set(run.response.id, run);
    if (!request.body.stream) return toJson(200, run.response);
    await run.end;
    return toStream(run.frames);
  }

  async function answer(request: PassedRequest): Promise<PassedReply | undefined> {
    const { method, path, body } = request;
    if (method === 'POST' && path === '/responses' && body?.background === true) return begin(request);
    const [, id = '', rest = ''] = /^\/responses\/(resp_\w+)(.*)$/.exec(path) ?? [];
    const run = runs.get(id);
    if (!run) return undefined;
    if (method === 'DELETE') return toJson(200, { id, object: 'response', deleted: runs.delete(id) });
    if (rest === '/cancel') {
      cancel(run);
      return toJson(200, run.response);
    }
    const query = new URLSearchParams(rest.slice(1));
    if (query.get('stream') !== 'true') return toJson(200, run.response);
    await run.end;
    return toStream(run.frames.slice(Number(query.get('starting_after') ?? -1) + 1));
  }

  async function once(request: PassedRequest): Promise<PassedReply | undefined> {
    const key = request.headers['idempotency-key'];
    if (key === undefined) return answer(request);
    const earlier = answers.get(key);
    const body = JSON.stringify(request.body);
    if (earlier && earlier.body !== body) return toJson(409, toError('The key belongs to another request.'));
    if (earlier) return { ...earlier.reply, headers: { ...earlier.reply.headers, 'idempotency-replayed': 'true' } };
    const sent = await fetch(`${upstream}/v1${request.path}`, { method: 'POST', headers: request.headers, body });
    const reply = { status: sent.status, headers: { 'content-type': 'application/json' }, text: await sent.text() };
    answers.set(key, { body, reply });
    return reply;
  }

  return {
    answer: once,
    close() {
      for (const { abort } of runs.values()) abort.abort();
    },
  };
}

async function read(run: Run, reply: Response, onFirst: () => void): Promise<void> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of reply.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) take(run, frame);
    if (run.response) onFirst();
  }
}

function take(run: Run, frame: string): void {
  const data = /^data: (\{.*)$/m.exec(frame)?.[1];
  if (data === undefined || run.ended) return;
  const event = JSON.parse(data);
  if (event.response) {
    event.response.background = true;
    run.response = event.response;
    run.ended = !running.includes(event.response.status);
  }
  run.frames.push(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

function cancel(run: Run): void {
  if (run.ended) return;
  run.ended = true;
  run.abort.abort();
  run.response = { ...run.response, status: 'cancelled' };
  const event = { type: 'response.incomplete', sequence_number: run.frames.length, response: run.response };
  run.frames.push(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

export const toError = (message: string) => ({
  error: { message, type: 'invalid_request_error', param: null, code: `broken_${randomUUID().slice(0, 4)}` },
});

export function toJson(status: number, body: unknown): PassedReply {
  return { status, headers: { 'content-type': 'application/json' }, text: JSON.stringify(body) };
}

const toStream = (frames: string[]): PassedReply => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream' },
  text: `${frames.join('')}data: [DONE]\n\n`,
});
