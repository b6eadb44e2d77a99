import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { defaultUpstreamSettings } from '../../../src/config/upstream-settings.ts';
import { post, startTalaria } from '../../helpers/talaria.ts';
import { startUpstream, type UpstreamOptions } from '../../helpers/upstream.ts';
import { type AgentHarness, never, readAll, startAgent, toRequest, toText } from './upstream-harness.ts';

const formsOf = ({ upstream }: Pick<AgentHarness, 'upstream'>) => upstream.requests.map(({ body }) => body.stream);

const events = (...frames: string[]) => `${frames.join('\n\n')}\n\ndata: [DONE]\n\n`;
const said = 'data: {"choices":[{"index":0,"delta":{"content":"done"},"finish_reason":"stop"}]}';

/** Answers every request with this stream. */
const answering = (stream: string, headers = {}): UpstreamOptions => ({
  answer(_request, response) {
    response.writeHead(200, { 'content-type': 'text/event-stream', ...headers }).end(stream);
    return true;
  },
});

suite('plain requests', () => {
  test('are streamed until their model has answered, and plain from then on', async () => {
    await using harness = await startAgent();
    for (const text of ['one', 'two', 'three']) assert.match(toText(await harness.ask(text)), new RegExp(text));
    const other = await harness.agent.run(toRequest('four', { model: 'other-model' }), { signal: never });
    assert.match(toText(await readAll(other)), /four/);
    assert.deepEqual(formsOf(harness), [true, false, false, true]);
    assert.deepEqual(
      harness.upstream.requests.map(({ headers }) => headers.accept),
      ['text/event-stream', 'application/json', 'application/json', 'text/event-stream'],
    );
  });

  test('are streamed after a long answer, whatever follows', async () => {
    const answer: UpstreamOptions['answer'] = async ({ body }) => {
      if (JSON.stringify(body).includes('think')) await delay(1100);
      return false;
    };
    await using harness = await startAgent({ answer }, { limits: { upstreamPlainMs: 1000 } });
    for (const text of ['hi', 'think', 'hi', 'hi']) await harness.ask(text);
    assert.deepEqual(formsOf(harness), [true, false, true, true]);
  });

  test('are streamed after a plain one that timed out', async () => {
    await using harness = await startAgent({}, { limits: { upstreamPlainMs: 1000, upstreamFirstByteMs: 1100 } });
    await harness.ask('short');
    await assert.rejects(harness.run('hang'), {
      code: 'upstream_timeout',
      message: 'The agent did not answer in time.',
    });
    assert.match(toText(await harness.ask('short')), /short/);
    assert.deepEqual(formsOf(harness), [true, false, true]);
  });

  test('are not judged by answers that their client left', async () => {
    await using harness = await startAgent();
    const client = new AbortController();
    const batches = await harness.run('hang after 3', client.signal);
    client.abort(new Error('The client left.'));
    await assert.rejects(readAll(batches));
    await harness.ask('hi');
    assert.deepEqual(formsOf(harness), [true, true]);
  });

  test('are not judged by refusals', async () => {
    await using harness = await startAgent();
    await assert.rejects(harness.run('status 400'));
    await harness.ask('hi');
    assert.deepEqual(formsOf(harness), [true, true]);
  });

  test('are streamed when clients may join them', async () => {
    await using harness = await startAgent();
    await harness.ask('hi');
    const background = await harness.agent.run(toRequest('hi', { background: true }), { signal: never });
    await readAll(background);
    assert.deepEqual(formsOf(harness), [true, true]);
  });

  test('are always streamed if that is set', async () => {
    await using harness = await startAgent({}, { settings: { ...defaultUpstreamSettings, upstreamStream: 'always' } });
    for (const text of ['one', 'two']) await harness.ask(text);
    assert.deepEqual(formsOf(harness), [true, true]);
  });

  for (const [what, options] of Object.entries({
    'reports a tool that it ran': answering(
      events('event: agent.tool.progress\ndata: {"tool":"search","toolCallId":"t1","status":"completed"}', said),
    ),
    'sends the result of a tool': answering(
      events('data: {"choices":[{"index":0,"delta":{"role":"tool","tool_call_id":"t1","content":"18"}}]}', said),
    ),
    'names its session': answering(events(said), { 'x-hermes-session-id': 's-1' }),
  })) {
    test(`are streamed for an agent that ${what}`, async () => {
      await using harness = await startAgent(options);
      for (const text of ['one', 'two']) assert.equal(toText(await harness.ask(text)), 'done');
      assert.deepEqual(formsOf(harness), [true, true]);
    });
  }
});

test('background responses are streamed from the agent, and other plain ones are plain', async () => {
  await using upstream = await startUpstream();
  await using server = await startTalaria({ AGENT_URL: upstream.url });
  await server.openai.responses.create({ model: 'm', input: 'hi' });
  const { id } = await server.openai.responses.create({ model: 'm', input: 'hi', background: true });
  for await (const _event of await server.openai.responses.retrieve(id, { stream: true }));
  const response = await post(`${server.url}/v1/chat/completions`, {
    model: 'm',
    messages: [{ role: 'user', content: 'hi' }],
  });
  assert.equal(response.status, 200);
  assert.deepEqual(
    upstream.requests.map(({ body }) => body.stream),
    [true, true, false],
  );
});
