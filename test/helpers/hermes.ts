/**
 * The API server of Hermes on a real socket, speaking as Hermes 0.19 was recorded to. The last user message is its
 * script, one command a line:
 *
 *     say TEXT          streams TEXT
 *     quiet TEXT        TEXT as the output, without streaming it
 *     think TEXT        reasoning before the next call
 *     call NAME JSON    calls a tool; its result is {"output": "NAME ran"}
 *     calls ID NAME     the same without arguments, under this call id
 *     wait JSON         calls `terminal`, which runs until the run is stopped
 *     ask TEXT          requests an approval and waits for the answer
 *     fail TEXT         the run fails
 *     break             the connection breaks
 */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export interface HermesRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: tests inspect the JSON that they expect
  body: any;
}

export interface HermesOptions {
  /** Handles a request: return true after answering. */
  answer?: (request: HermesRequest, response: ServerResponse) => boolean | Promise<boolean>;
  /** Milliseconds between the event of a completed tool and its result in the transcript. Hermes: about one. */
  resultDelayMs?: number;
}

export interface Hermes extends AsyncDisposable {
  /** The base that `AGENT_URL` takes. */
  url: string;
  requests: HermesRequest[];
  /** The bodies of the runs. */
  // biome-ignore lint/suspicious/noExplicitAny: tests inspect the JSON that they expect
  readonly runs: any[];
  /** The ids of stopped runs. */
  stopped: string[];
  /** The choices of answered approvals. */
  approvals: string[];
}

interface Run {
  id: string;
  sessionId: string;
  script: string[];
  signal: AbortController;
  approved: PromiseWithResolvers<void>;
}

interface Server {
  options: HermesOptions;
  runs: Map<string, Run>;
  sessions: Map<string, object[]>;
  stopped: string[];
  approvals: string[];
  nextId: number;
}

export async function startHermes(options: HermesOptions = {}): Promise<Hermes> {
  const state: Server = { options, runs: new Map(), sessions: new Map(), stopped: [], approvals: [], nextId: 1 };
  const requests: HermesRequest[] = [];
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const { method = '', url: path = '', headers } = incoming;
    const request: HermesRequest = { method, path, headers, body: text === '' ? undefined : JSON.parse(text) };
    requests.push(request);
    if (!(await options.answer?.(request, response))) await answer(state, request, response);
  };
  const server = createServer({ keepAliveTimeout: 0 }, (incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    get runs() {
      return requests.filter(({ path }) => path === '/v1/runs').map(({ body }) => body);
    },
    stopped: state.stopped,
    approvals: state.approvals,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(state: Server, request: HermesRequest, response: ServerResponse): Promise<void> {
  const [, version, kind, id = '', operation] = request.path.split('/');
  if (kind === 'models')
    return send(response, 200, { object: 'list', data: [{ id: 'hermes-agent', owned_by: 'hermes' }] });
  if (version === 'api') {
    const data = state.sessions.get(decodeURIComponent(id));
    if (data) return send(response, 200, { object: 'list', session_id: id, data });
    return send(response, 404, { error: { message: `Session not found: ${id}`, code: 'session_not_found' } });
  }
  if (operation === undefined) return startRun(state, request, response);
  const run = state.runs.get(id);
  if (!run) return send(response, 404, { error: { message: `Run not found: ${id}`, code: 'run_not_found' } });
  if (operation === 'events') return sendEvents(state, run, response);
  if (operation === 'stop') {
    state.stopped.push(id);
    run.signal.abort();
    return send(response, 200, { run_id: id, status: 'stopping' });
  }
  state.approvals.push(request.body.choice);
  run.approved.resolve();
  return send(response, 200, { object: 'hermes.run.approval_response', run_id: id, choice: request.body.choice });
}

function startRun(state: Server, { body }: HermesRequest, response: ServerResponse): void {
  const { input, session_id: sessionId } = body;
  const text: string =
    typeof input === 'string'
      ? input
      : input
          .at(-1)
          .content.map((part: { text?: string }) => part.text ?? '')
          .join('\n');
  const id = `run_${state.nextId++}`;
  state.runs.set(id, {
    id,
    sessionId,
    script: text.split('\n'),
    signal: new AbortController(),
    approved: Promise.withResolvers(),
  });
  write(state, sessionId, { role: 'user', content: text });
  send(response, 202, { run_id: id, status: 'started' });
}

function write(state: Server, sessionId: string, message: object): void {
  const messages = state.sessions.get(sessionId) ?? [];
  messages.push({ id: state.nextId++, session_id: sessionId, ...message });
  state.sessions.set(sessionId, messages);
}

async function sendEvents(state: Server, run: Run, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  const emit = (event: string, fields: object = {}) => {
    const data = { event, run_id: run.id, timestamp: Date.now() / 1000, ...fields };
    response.write(`data: ${JSON.stringify(data)}\n\n`);
  };
  let output = '';
  let reasoning: string | null = null;
  let isLater = false;
  for (const [index, line] of run.script.entries()) {
    const [, command = '', rest = ''] = /^(\S+) ?(.*)$/.exec(line) ?? [];
    if (command === 'say') {
      output = rest;
      const words = (isLater ? `\n\n${rest}` : rest).match(/\s*\S+\s*/g) ?? [];
      for (const delta of words) emit('message.delta', { delta });
      emit('reasoning.available', { text: rest });
    } else if (command === 'quiet') output = rest;
    else if (command === 'think') reasoning = rest;
    else if (command === 'fail') emit('run.failed', { error: rest });
    else if (command === 'break') response.destroy();
    else if (command === 'ask') {
      emit('approval.request', { description: rest, choices: ['once', 'session', 'always', 'deny'] });
      await run.approved.promise;
      emit('approval.responded', { choice: 'deny', resolved: 1 });
    } else if (command === 'call' || command === 'calls' || command === 'wait') {
      const call = toCall(command, rest, `call_${index}`);
      await runTool(state, { run, call, reasoning, emit, waits: command === 'wait' });
      reasoning = null;
    }
    isLater = true;
    if (command === 'fail') return void response.end(': stream closed\n\n');
  }
  write(state, run.sessionId, { role: 'assistant', content: output });
  if (run.signal.signal.aborted) emit('run.cancelled');
  else emit('run.completed', { output, usage: { input_tokens: 200, output_tokens: 20, total_tokens: 220 } });
  response.end(': stream closed\n\n');
}

interface Call {
  id: string;
  name: string;
  arguments: string;
}

function toCall(command: string, rest: string, id: string): Call {
  if (command === 'wait') return { id, name: 'terminal', arguments: rest };
  const [, first = '', second = ''] = /^(\S+) ?(.*)$/.exec(rest) ?? [];
  return command === 'call' ? { id, name: first, arguments: second } : { id: first, name: second, arguments: '{}' };
}

interface ToolRun {
  run: Run;
  call: Call;
  reasoning: string | null;
  emit(event: string, fields: object): void;
  waits: boolean;
}

/** Writes the call before the tool starts, and its result just after the event of its end. */
async function runTool(state: Server, { run, call, reasoning, emit, waits }: ToolRun): Promise<void> {
  const { id, name } = call;
  const calls = [{ id, call_id: id, type: 'function', function: { name, arguments: call.arguments } }];
  write(state, run.sessionId, { role: 'assistant', content: '', reasoning, tool_calls: calls });
  emit('tool.started', { tool: name, preview: call.arguments.slice(0, 12) });
  const { signal } = run.signal;
  if (waits && !signal.aborted) await once(signal, 'abort');
  emit('tool.completed', { tool: name, duration: 0.1, error: signal.aborted });
  await delay(state.options.resultDelayMs ?? 1);
  write(state, run.sessionId, { role: 'tool', tool_call_id: id, content: JSON.stringify({ output: `${name} ran` }) });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
