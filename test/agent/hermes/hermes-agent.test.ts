import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type OpenAI from 'openai';
import { createHermesAgent } from '../../../src/agent/hermes/create-hermes-agent.ts';
import { hashKey } from '../../../src/config/hash-key.ts';
import { type Hermes, type HermesOptions, startHermes } from '../../helpers/hermes.ts';
import { createClient, post, startTalaria, type TestServer } from '../../helpers/talaria.ts';
import { waitUntil } from '../../helpers/wait-until.ts';
import { writeConfig } from '../../helpers/write-config.ts';

const model = 'hermes-agent';
const script = 'think hmm\ncall terminal {"command":"echo from-the-tool"}\nsay all done';

interface Pair extends AsyncDisposable {
  hermes: Hermes;
  server: TestServer;
  openai: OpenAI;
}

async function startPair(options: HermesOptions = {}): Promise<Pair> {
  const hermes = await startHermes(options);
  const server = await startTalaria({ AGENT_URL: hermes.url, AGENT_API: 'hermes', AGENT_API_KEY: 'sk-hermes' });
  return {
    hermes,
    server,
    openai: server.openai,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await hermes[Symbol.asyncDispose]();
    },
  };
}

/** Returns what a model behind the agent knows of the conversation. */
const historyOf = (run: { conversation_history?: { role: string; content: string }[] }) => run.conversation_history;

const kindsOf = (output: readonly { type: string }[]) => output.map(({ type }) => type);

describe('Hermes behind the server', () => {
  let pair: Pair;
  before(async () => {
    pair = await startPair();
  });
  after(() => pair[Symbol.asyncDispose]());

  const respond = (input: string, previous_response_id?: string) =>
    pair.openai.responses.create({ model, input, ...(previous_response_id ? { previous_response_id } : {}) });

  it('shows reasoning, calls with exact arguments, their results and the message, in order', async () => {
    const { output, usage, output_text } = await respond(script);
    assert.deepEqual(kindsOf(output), ['reasoning', 'function_call', 'function_call_output', 'message']);
    const [, call, result] = output as unknown as Record<string, unknown>[];
    assert.equal(call?.['name'], 'terminal');
    assert.equal(call?.['arguments'], '{"command":"echo from-the-tool"}');
    assert.equal(result?.['call_id'], call?.['call_id']);
    assert.equal(result?.['output'], '{"output":"terminal ran"}');
    assert.equal(output_text, 'all done');
    assert.equal(usage?.total_tokens, 220);
  });

  it('streams text as it comes, and a call before its tool has ended', async () => {
    const stream = await pair.openai.responses.create({ model, input: 'say one two\nwait {"a":1}', stream: true });
    const types: string[] = [];
    for await (const event of stream) {
      types.push(event.type);
      if (event.type === 'response.function_call_arguments.done') break;
    }
    assert.equal(types.filter((type) => type === 'response.output_text.delta').length, 2);
    stream.controller.abort();
    await waitUntil(() => pair.hermes.stopped.length > 0, 'the stop');
  });

  it('sends the call and its result with the next turn', async () => {
    const first = await respond(script);
    await respond('say second', first.id);
    const run = pair.hermes.runs.at(-1);
    assert.equal(run.input, 'say second');
    const history = historyOf(run) ?? [];
    assert.ok(history.every(({ role }) => role === 'user' || role === 'assistant'));
    const text = history.map(({ content }) => content).join('\n');
    assert.match(text, /terminal \{"command":"echo from-the-tool"\}/);
    assert.match(text, /\{"output":"terminal ran"\}/);
    assert.match(text, /all done/);
  });

  it('sends a fork the history of its own branch', async () => {
    const first = await respond('say first');
    await respond('say left', first.id);
    await respond('say right', first.id);
    assert.deepEqual(historyOf(pair.hermes.runs.at(-1)), [
      { role: 'user', content: 'say first' },
      { role: 'assistant', content: 'first' },
    ]);
  });

  it('sends an edited history of a chat as it is', async () => {
    const messages = [
      { role: 'user' as const, content: 'edited' },
      { role: 'assistant' as const, content: 'answer' },
      { role: 'user' as const, content: 'say done' },
    ];
    const headers = { 'X-Session-Id': 'edited-chat' };
    await pair.openai.chat.completions.create({ model, messages: [{ role: 'user', content: 'say one' }] }, { headers });
    await pair.openai.chat.completions.create({ model, messages }, { headers });
    assert.deepEqual(historyOf(pair.hermes.runs.at(-1)), messages.slice(0, -1));
  });

  it('sends all turns of a chain in one session, and runs that overlap in sessions of their own', async () => {
    const first = await respond('say first');
    const second = await respond('say second', first.id);
    const [one, two] = pair.hermes.runs.slice(-2);
    assert.equal(one.session_id, two.session_id);
    await Promise.all([respond('ask a\nsay left', second.id), respond('ask b\nsay right', second.id)]);
    const [left, right] = pair.hermes.runs.slice(-2);
    assert.notEqual(left.session_id, right.session_id);
  });

  it('answers chat with the text alone, one empty line between the messages of the agent', async () => {
    const content = `say look\n${script}`;
    const completion = await pair.openai.chat.completions.create({ model, messages: [{ role: 'user', content }] });
    const [choice] = completion.choices;
    assert.equal(choice?.message.content, 'look\n\nall done');
    assert.equal(choice?.message.tool_calls, undefined);
    assert.equal(choice?.finish_reason, 'stop');
    assert.equal(completion.usage?.prompt_tokens, 200);
  });

  it('uses the output of a model that does not stream', async () => {
    assert.equal((await respond('call terminal {}\nquiet whole')).output_text, 'whole');
  });

  it('reads no transcript for an answer without tools', async () => {
    const before = pair.hermes.requests.length;
    await respond('say one\nsay two');
    assert.deepEqual(
      pair.hermes.requests.slice(before).map(({ path }) => path.replace(/run_\d+/, 'ID')),
      ['/v1/runs', '/v1/runs/ID/events'],
    );
  });

  it('keeps calls apart that have the same id', async () => {
    const { output } = await respond('calls call_0 terminal\ncalls call_0 read_file\nsay ok');
    assert.deepEqual(kindsOf(output), [
      ...['function_call', 'function_call_output', 'function_call', 'function_call_output'],
      'message',
    ]);
    const ids = (output as unknown as { call_id?: string }[]).map(({ call_id }) => call_id);
    assert.equal(ids[0], ids[1]);
    assert.equal(ids[2], ids[3]);
    assert.notEqual(ids[0], ids[2]);
  });

  it('denies an approval at once', async () => {
    const { output_text } = await respond('ask rm -rf\nsay blocked');
    assert.equal(output_text, 'blocked');
    assert.equal(pair.hermes.approvals.at(-1), 'deny');
  });

  it('fails with the reason of a failed run', async () => {
    const response = await post(`${pair.server.url}/v1/responses`, {
      model,
      input: 'say half\nfail HTTP 400: no credit',
    });
    assert.equal(response.status, 502);
    assert.match(await response.text(), /no credit/);
  });

  it('fails when the connection breaks, and stops the run', async () => {
    const before = pair.hermes.stopped.length;
    const response = await post(`${pair.server.url}/v1/responses`, { model, input: 'say half\nbreak' });
    assert.equal(response.status, 502);
    await waitUntil(() => pair.hermes.stopped.length > before, 'the stop');
  });

  it('sends images of the last message, and refuses files', async () => {
    const url = 'data:image/png;base64,iVBORw0KGgo=';
    const image = { type: 'input_image' as const, image_url: url, detail: 'auto' as const };
    const text = { type: 'input_text' as const, text: 'say seen' };
    await pair.openai.responses.create({ model, input: [{ role: 'user', content: [text, image] }] });
    assert.deepEqual(pair.hermes.runs.at(-1).input, [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'say seen' },
          { type: 'image_url', image_url: { url } },
        ],
      },
    ]);
    const file = { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' };
    const body = { model, input: [{ role: 'user', content: [text, file] }] };
    assert.equal((await post(`${pair.server.url}/v1/responses`, body)).status, 400);
  });

  it('returns the session in a header, which names the same session when it is sent back', async () => {
    const send = (headers: Record<string, string>) =>
      post(`${pair.server.url}/v1/responses`, { model, input: 'say hi' }, headers);
    const first = (await send({ 'X-Session-Id': 'chat-1' })).headers.get('x-hermes-session-id') ?? '';
    assert.match(first, /^sess_/);
    assert.equal(pair.hermes.runs.at(-1).session_id, first);
    assert.equal(pair.hermes.requests.findLast(({ path }) => path === '/v1/runs')?.headers['x-session-id'], first);
    const again = await send({ 'X-Hermes-Session-Id': first });
    assert.equal(again.headers.get('x-hermes-session-id'), first);
  });
});

describe('a Hermes that is stopped, slow or refuses', () => {
  const input = 'wait {"command":"sleep 9; touch late"}\nsay late';
  let pair: Pair;
  let intercept: HermesOptions['answer'];
  before(async () => {
    pair = await startPair({
      resultDelayMs: 120,
      answer: (request, response) => intercept?.(request, response) ?? false,
    });
  });
  beforeEach(() => {
    intercept = undefined;
    pair.hermes.stopped.length = 0;
    pair.hermes.requests.length = 0;
  });
  after(() => pair[Symbol.asyncDispose]());

  const toolHasStarted = () =>
    waitUntil(() => pair.hermes.requests.some(({ path }) => path.endsWith('/messages')), 'the tool');
  const runIsStopped = () => waitUntil(() => pair.hermes.stopped.length === 1, 'the stop');

  for (const stream of [true, false]) {
    it(`stops the tool when the client of a ${stream ? 'streamed' : 'plain'} reply leaves`, async () => {
      const client = new AbortController();
      const sent = fetch(`${pair.server.url}/v1/responses`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model, input, stream }),
        signal: client.signal,
      }).then((response) => response.text());
      await toolHasStarted();
      client.abort();
      await assert.rejects(sent);
      await runIsStopped();
    });
  }

  it('stops the tool when a background response is cancelled', async () => {
    const { id } = await pair.openai.responses.create({ model, input, background: true });
    await toolHasStarted();
    assert.equal((await pair.openai.responses.cancel(id)).status, 'cancelled');
    await runIsStopped();
  });

  it('stops a run that Hermes accepts after its client has left', async () => {
    const accepted = Promise.withResolvers<void>();
    intercept = async ({ path }) => {
      if (path === '/v1/runs') await accepted.promise;
      return false;
    };
    const client = new AbortController();
    const sent = pair.openai.responses.create({ model, input }, { signal: client.signal });
    await waitUntil(() => pair.hermes.runs.length === 1, 'the request');
    client.abort();
    await assert.rejects(sent);
    // Until the server has noticed the closed connection.
    await delay(100);
    accepted.resolve();
    await runIsStopped();
  });

  it('does not stop a run that has ended', async () => {
    await pair.openai.responses.create({ model, input: 'say hi' });
    assert.equal(pair.hermes.stopped.length, 0);
  });

  it('reads the transcript again when it lacks the result of a completed tool', async () => {
    const { output } = await pair.openai.responses.create({ model, input: script });
    assert.deepEqual(kindsOf(output), ['reasoning', 'function_call', 'function_call_output', 'message']);
    // Once for the call, four times after the tool, and once before the text.
    assert.ok(pair.hermes.requests.filter(({ path }) => path.endsWith('/messages')).length >= 3);
  });

  it('shows previews of calls when the transcript cannot be read', async () => {
    intercept = ({ path }, response) => {
      if (!path.startsWith('/api/sessions')) return false;
      response.writeHead(503).end('{}');
      return true;
    };
    const { output } = await pair.openai.responses.create({ model, input: script });
    assert.deepEqual(kindsOf(output), ['function_call', 'function_call_output', 'message']);
    const [call, result] = output as unknown as Record<string, string>[];
    assert.deepEqual(JSON.parse(call?.['arguments'] ?? ''), { preview: '{"command":"' });
    assert.deepEqual(JSON.parse(result?.['output'] ?? ''), { status: 'completed' });
  });

  it('retries a run that Hermes has no place for', async () => {
    intercept = ({ path }, response) => {
      if (path !== '/v1/runs' || pair.hermes.runs.length > 1) return false;
      const error = { message: 'Too many concurrent runs (max 10)', code: 'rate_limit_exceeded' };
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '0' });
      response.end(JSON.stringify({ error }));
      return true;
    };
    assert.equal((await pair.openai.responses.create({ model, input: 'say hi' })).output_text, 'hi');
  });

  it('reports refused credentials', async () => {
    intercept = (_request, response) => {
      const error = { message: 'Invalid API key', code: 'invalid_api_key' };
      response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
      return true;
    };
    const response = await post(`${pair.server.url}/v1/responses`, { model, input: 'say hi' });
    assert.match(await response.text(), /refused this server's credentials/);
  });

  it('stops a running run when its agent is disposed', async () => {
    await using hermes = await startHermes();
    const agent = createHermesAgent({ url: hermes.url });
    const messages = [{ role: 'user' as const, content: [{ type: 'text' as const, text: input }] }];
    const settings = { tools: [], toolChoice: 'auto' as const, settings: {}, sessionId: 's', watched: true };
    const batches = await agent.run({ messages, ...settings }, { signal: new AbortController().signal });
    const read = Array.fromAsync(batches);
    await waitUntil(() => hermes.requests.some(({ path }) => path.endsWith('/messages')), 'the tool');
    await Promise.all([assert.rejects(read), agent[Symbol.asyncDispose]()]);
    assert.equal(hermes.stopped.length, 1);
  });
});

describe('two tenants of one Hermes', () => {
  it('have sessions of their own, though they use the same words and the same session id', async () => {
    await using hermes = await startHermes();
    using file = writeConfig(`
agents:
  hermes: { api: hermes, url: "${hermes.url}", api_key: sk-hermes }
tenants: { ana: {}, ben: {} }
keys:
  - { name: ana, tenant: ana, hash: "${hashKey('tlr_ana')}" }
  - { name: ben, tenant: ben, hash: "${hashKey('tlr_ben')}" }
`);
    await using server = await startTalaria({ TALARIA_CONFIG: file.path });
    const headers = { 'X-Session-Id': 'chat-1' };
    for (const key of ['tlr_ana', 'tlr_ben', 'tlr_ana']) {
      await createClient(server.url, key).responses.create({ model, input: 'say hi' }, { headers });
    }
    const [ana, ben, again] = hermes.runs.map(({ session_id }) => session_id);
    assert.notEqual(ana, ben);
    assert.equal(ana, again);
  });
});
