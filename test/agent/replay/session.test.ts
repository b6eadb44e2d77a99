import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import OpenAI, { APIError } from 'openai';
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import type { ResponseInputItem } from 'openai/resources/responses/responses';
import { spawnTalaria } from '../../helpers/spawn-talaria.ts';
import { createClient, startTalaria } from '../../helpers/talaria.ts';
import { startUpstreamProcess } from '../../helpers/upstream-process.ts';
import { spawnRecorder } from '../../record/spawn-recorder.ts';

const chatTools = [
  { type: 'function' as const, function: { name: 'get_weather', parameters: { type: 'object', properties: {} } } },
];
const responseTools = [
  { type: 'function' as const, name: 'get_weather', parameters: { type: 'object', properties: {} }, strict: false },
];

/** The result of a Chat Completions client: text, reasoning, refusal, calls, reason, usage; or the error. */
async function chat(openai: OpenAI, messages: ChatCompletionMessageParam[], stream: boolean, tools = chatTools) {
  const request = { model: 'test-model', messages, tools };
  try {
    if (!stream) {
      const { choices, usage } = await openai.chat.completions.create(request);
      const { content, refusal, tool_calls: calls } = choices[0]?.message ?? {};
      return { content, refusal, calls, reason: choices[0]?.finish_reason, usage };
    }
    const runner = openai.chat.completions.stream({ ...request, stream_options: { include_usage: true } });
    const { choices, usage } = await runner.finalChatCompletion();
    const { content, refusal, tool_calls: calls } = choices[0]?.message ?? {};
    return { content, refusal, calls, reason: choices[0]?.finish_reason, usage };
  } catch (error) {
    return toError(error);
  }
}

function toError(error: unknown) {
  assert.ok(error instanceof OpenAI.OpenAIError, `${error}`);
  if (!(error instanceof APIError)) return { error: error.message };
  return { status: error.status, code: error.code, message: error.message, param: error.param };
}

const user = (content: string): ChatCompletionMessageParam => ({ role: 'user', content });

/** One session of Chat Completions, with everything that differs in form. */
async function chatSession(openai: OpenAI) {
  const call = await chat(openai, [user('tool get_weather {"city":"Paris"}')], true);
  const calls = 'calls' in call ? (call.calls ?? []) : [];
  const toolTurn: ChatCompletionMessageParam[] = [
    user('tool get_weather {"city":"Paris"}'),
    { role: 'assistant', content: null, tool_calls: calls },
    { role: 'tool', tool_call_id: calls[0]?.id ?? '', content: '18 degrees' },
  ];
  return {
    plain: await chat(openai, [{ role: 'system', content: 'Be brief.' }, user('Good morning')], false),
    streamed: await chat(openai, [user('reason Let me think\nsay Good evening, all of you')], true),
    call,
    answered: await chat(openai, toolTurn, true),
    refused: await chat(openai, [user("refuse I can't do that")], true),
    cut: await chat(openai, [user('say one two\nfinish length')], false),
    filtered: await chat(openai, [user('say one two\nfinish content_filter')], true),
    limited: await chat(openai, [user('status 429')], true),
    failing: await chat(openai, [user('status 500')], false),
    unauthorized: await chat(openai, [user('status 401')], false),
    missing: await chat(openai, [user('status 404 html')], false),
  };
}

test('a session of Chat Completions with a bare upstream is replayed to the same answers', async () => {
  await using upstream = await startUpstreamProcess();
  await using recorder = await spawnRecorder(upstream.url);
  // A plain client: the test upstream's replies are not held to every field of the contract.
  const recorded = await chatSession(new OpenAI({ baseURL: recorder.url, apiKey: 'sk-secret-key-1', maxRetries: 0 }));
  assert.deepEqual(await recorder.exchanges(11).then((list) => list.length), 11);
  await using talaria = await spawnTalaria({ AGENT_URL: `replay:${recorder.file}` });
  const replayed = await chatSession(talaria.openai);
  assert.equal(
    recorded.plain && 'content' in recorded.plain && recorded.plain.content,
    'You said: Good morning (2 messages)',
  );
  // As with any agent, a page under a 404 means a wrong address, which is a 502.
  const { missing: recordedPage, ...before } = recorded;
  const { missing: replayedPage, ...after } = replayed;
  assert.deepEqual(after, before);
  assert.deepEqual(
    ['status' in recordedPage && recordedPage.status, 'status' in replayedPage && replayedPage.status],
    [404, 502],
  );
});

/** The result of a Responses client. */
async function respond(
  openai: OpenAI,
  input: string | ResponseInputItem[],
  options: { stream?: boolean; previous_response_id?: string } = {},
) {
  const { stream = false, ...rest } = options;
  const request = { model: 'test-model', input, tools: responseTools, ...rest };
  try {
    const response = stream
      ? await openai.responses.stream(request).finalResponse()
      : await openai.responses.create(request);
    const output = response.output.map((item) => {
      if (item.type === 'message') return item.content;
      if (item.type === 'function_call') return [item.call_id, item.name, item.arguments];
      return item.type === 'reasoning' ? [item.summary, item.content] : item.type;
    });
    const { id, status, incomplete_details: why, usage, error } = response;
    return { id, output, status, why, usage, error };
  } catch (error) {
    return { id: '', ...toError(error) };
  }
}

async function responsesSession(openai: OpenAI) {
  const first = await respond(openai, 'Good morning', { stream: true });
  const call = await respond(openai, '/say Wait.\n/call get_weather {"city":"Paris"}', { stream: true });
  const callId = 'output' in call ? String(call.output?.[1]?.[0]) : '';
  const answer: ResponseInputItem[] = [{ type: 'function_call_output', call_id: callId, output: '18 degrees' }];
  const session = {
    first,
    second: await respond(openai, 'And again', { previous_response_id: first.id }),
    call,
    answered: await respond(openai, answer, { stream: true, previous_response_id: call.id }),
    thought: await respond(openai, '/reason I think.\n/say So I am.', { stream: true }),
    refused: await respond(openai, "/refuse I can't."),
    cut: await respond(openai, '/limit 3\n/say one two three four five', { stream: true }),
    filtered: await respond(openai, '/say one\n/filter'),
    ran: await respond(openai, '/run get_weather {"city":"Paris"} => 18 degrees\n/say It is warm.', { stream: true }),
    limited: await respond(openai, '/status 429 retry-after 2', { stream: true }),
    failing: await respond(openai, '/status 500'),
    broken: await respond(openai, '/say one two three\n/break after 2', { stream: true }),
    brokenPlain: await respond(openai, '/say one two three\n/break after 2'),
  };
  return Object.fromEntries(Object.entries(session).map(([name, { id: _id, ...rest }]) => [name, rest]));
}

test('a session of Responses with Talaria itself is replayed to the same answers, calls, usage and ends', async () => {
  await using origin = await startTalaria();
  await using recorder = await spawnRecorder(`${origin.url}/v1`);
  const recorded = await responsesSession(createClient(new URL(recorder.url).origin));
  await recorder.exchanges(13);
  assert.equal(await recorder.stop(), 0);
  assert.match(recorder.stdout(), /13 exchanges in .*, 0 violations/);
  await using talaria = await spawnTalaria({ AGENT_URL: `replay:${recorder.file}` });
  const replayed = await responsesSession(talaria.openai);
  assert.deepEqual(replayed, recorded);
  assert.deepEqual(
    Object.values(recorded).map((answer) => ('status' in answer ? answer.status : 'error')),
    [
      ...['completed', 'completed', 'completed', 'completed', 'completed', 'completed', 'incomplete', 'incomplete'],
      ...['completed', 429, 502, 'failed', 502],
    ],
  );
  // A recorded stream also answers a plain request.
  const input = '/reason I think.\n/say So I am.';
  const whole = await talaria.openai.responses.create({ model: 'test-model', input, tools: responseTools });
  assert.equal(whole.output_text, 'So I am.');
});

test('what was recorded by one API is answered by the other', async () => {
  await using origin = await startTalaria();
  await using recorder = await spawnRecorder(`${origin.url}/v1`);
  const client = createClient(new URL(recorder.url).origin);
  await client.chat.completions.create({ model: 'm', messages: [user('/say by chat')] });
  await client.responses.create({ model: 'm', input: '/say by responses' });
  await recorder.exchanges(2);
  await using talaria = await startTalaria({ AGENT_URL: `replay:${recorder.file}` });
  const response = await talaria.openai.responses.create({ model: 'm', input: '/say by chat' });
  assert.equal(response.output_text, 'by chat');
  const { choices } = await talaria.openai.chat.completions.create({
    model: 'm',
    messages: [user('/say by responses')],
  });
  assert.equal(choices[0]?.message.content, 'by responses');
});

test('a compaction, and what continues it, is replayed to the same answers and usage', async () => {
  const session = async (openai: OpenAI) => {
    const first = await openai.responses.create({ model: 'm', input: '/say Hello Ada.' });
    const input: ResponseInputItem[] = [
      { role: 'user', content: 'My name is Ada.' },
      { role: 'assistant', content: 'Hello Ada.' },
    ];
    const whole = await openai.responses.compact({ model: 'm', input });
    const chained = await openai.responses.compact({ model: 'm', previous_response_id: first.id });
    const next = await openai.responses.create({
      model: 'm',
      // The SDK's output items are input items.
      input: [...(whole.output as ResponseInputItem[]), { role: 'user', content: '/say Go on.' }],
    });
    const invalid = await openai.responses.compact({ model: 'm', input: 5 as unknown as string }).catch(toError);
    return {
      kinds: [whole, chained].map(({ object, output }) => [object, output.map(({ type }) => type)]),
      usages: [whole.usage, chained.usage, next.usage],
      text: next.output_text,
      invalid,
      tokens: (await openai.responses.inputTokens.count({ model: 'm', input: 'Hello.' })).input_tokens,
    };
  };
  await using origin = await startTalaria();
  await using recorder = await spawnRecorder(`${origin.url}/v1`);
  const recorded = await session(createClient(new URL(recorder.url).origin));
  await recorder.exchanges(6);
  await using talaria = await spawnTalaria({ AGENT_URL: `replay:${recorder.file}` });
  const replayed = await session(talaria.openai);
  assert.deepEqual(replayed, recorded);
  assert.equal(recorded.text, 'Go on.');
  assert.deepEqual(await session(talaria.openai), recorded, 'again: recorded answers rotate');
});

test('a response that compacts its history, automatically or on request, is replayed', async () => {
  const session = async (openai: OpenAI) => {
    const model = 'm';
    const context_management = [{ type: 'compaction' as const, compact_threshold: 1000 }];
    const first = await openai.responses.create({ model, input: `${'long '.repeat(2000)}\n/say One.` });
    const body = { model, input: '/say Two.', previous_response_id: first.id, context_management };
    const second = await openai.responses.create(body);
    const third = await openai.responses.create({ model, input: '/say Three.', previous_response_id: second.id });
    const input = [{ role: 'user', content: 'My name is Ada.' }, { type: 'compaction_trigger' }];
    const only = await openai.responses.create({ model, input: input as ResponseInputItem[] });
    return [first, second, third, only].map(({ output, output_text: text }) => [text, output.map(({ type }) => type)]);
  };
  await using origin = await startTalaria();
  await using recorder = await spawnRecorder(`${origin.url}/v1`);
  const recorded = await session(createClient(new URL(recorder.url).origin));
  assert.deepEqual(
    recorded.map(([, types]) => types),
    [['message'], ['compaction', 'message'], ['message'], ['compaction']],
  );
  await recorder.exchanges(4);
  await using talaria = await spawnTalaria({ AGENT_URL: `replay:${recorder.file}` });
  assert.deepEqual(await session(talaria.openai), recorded);
  assert.deepEqual(await session(talaria.openai), recorded, 'again: recorded answers rotate');
});

test('a recorded refusal of a compaction is replayed', async () => {
  await using upstream = await startUpstreamProcess();
  await using recorder = await spawnRecorder(upstream.url);
  const client = new OpenAI({ baseURL: recorder.url, apiKey: 'sk-none', maxRetries: 0 });
  await client.responses.compact({ model: 'm', input: 'Hello.' }).catch(() => undefined);
  const [exchange] = await recorder.exchanges(1);
  await using talaria = await spawnTalaria({ AGENT_URL: `replay:${recorder.file}` });
  const error = await talaria.openai.responses.compact({ model: 'm', input: 'Hello.' }).catch(toError);
  assert.ok('status' in error && typeof error.status === 'number' && error.status >= 400);
  assert.ok((exchange?.response?.status ?? 0) >= 400);
  assert.doesNotMatch(`${error.message}`, /The recording has no answer/);
});

test('a recording that was edited into nonsense stops the start with one line that names the file and the line', async () => {
  await using origin = await startTalaria();
  await using recorder = await spawnRecorder(`${origin.url}/v1`);
  await createClient(new URL(recorder.url).origin).responses.create({ model: 'm', input: 'hi' });
  await recorder.exchanges(1);
  writeFileSync(recorder.file, `${readFileSync(recorder.file, 'utf8')}{"exchange":2,\n`);
  await assert.rejects(spawnTalaria({ AGENT_URL: `replay:${recorder.file}` }), (error: Error) => {
    assert.ok(error.message.endsWith(`${recorder.file}, line 3: not a JSON object.\n`), error.message);
    return true;
  });
});
