import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { APIError } from 'openai';
import { delta, done, type Frame, type FrameUpstream, startFrameUpstream } from '../helpers/frame-upstream.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';

const messages = [{ role: 'user' as const, content: 'hi' }];
const parameters = { type: 'object', properties: { city: { type: 'string' } } };
const chatTools = [{ type: 'function' as const, function: { name: 'get_weather', parameters } }];
const responseTools = [{ type: 'function' as const, name: 'get_weather', parameters, strict: false }];
const text = delta({ role: 'assistant', content: 'The first half of' });
const call = (name: string, args: string, id = 'a') =>
  delta({ tool_calls: [{ index: 0, id, type: 'function', function: { name, arguments: args } }] });

let upstream: FrameUpstream;
let server: TestServer;

before(async () => {
  upstream = await startFrameUpstream();
  server = await startTalaria({ AGENT_URL: upstream.url, VALIDATE_OUTPUT: '1' });
});
after(async () => {
  await server[Symbol.asyncDispose]();
  await upstream[Symbol.asyncDispose]();
});

/** How an answer ends for clients of each kind: its finish reason or status, or the message of its error. */
interface Ends {
  chat: string | null;
  chatStream: string | null;
  response: string | undefined;
  responseStream: string | undefined;
}

/** Runs the same answer in both APIs, plain and streamed, and checks that stored state agrees. */
async function readEnds(frames: readonly Frame[] | string, withTools = false): Promise<Ends> {
  upstream.play(frames);
  const { openai } = server;
  const chatBody = { model: 'm', messages, store: true, ...(withTools ? { tools: chatTools } : {}) };
  const body = { model: 'm', input: 'hi', ...(withTools ? { tools: responseTools } : {}) };
  return {
    chat: await orError(async () => {
      const completion = await openai.chat.completions.create(chatBody);
      const stored = await openai.chat.completions.retrieve(completion.id);
      assert.deepEqual(stored.choices, completion.choices);
      return completion.choices[0]?.finish_reason ?? null;
    }),
    chatStream: await orError(async () => {
      const chunks = await Array.fromAsync(await openai.chat.completions.create({ ...chatBody, stream: true }));
      return chunks.flatMap(({ choices }) => choices[0]?.finish_reason ?? []).join();
    }),
    response: await orError(async () => describeResponse((await openai.responses.create(body)).id)),
    responseStream: await orError(async () => {
      const events = await Array.fromAsync(await openai.responses.create({ ...body, stream: true }));
      const last = events.at(-1);
      assert.ok(last && 'response' in last);
      const stored = await describeResponse(last.response.id);
      return last.type === 'response.failed' ? last.response.error?.message : stored;
    }),
  };
}

async function orError<T>(run: () => Promise<T>): Promise<T | string> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    return error.message.replace(/^502 /, '');
  }
}

/** Describes the stored response: its status and reason, and the statuses of its items. */
async function describeResponse(id: string): Promise<string> {
  const { status, incomplete_details: details, output } = await server.openai.responses.retrieve(id);
  const items = output.map((item) => `${item.type} ${'status' in item ? item.status : ''}`);
  return [status, details?.reason, ...items].filter(Boolean).join(', ');
}

const allFailWith = (message: string): Ends => ({
  chat: message,
  chatStream: message,
  response: message,
  responseStream: message,
});
const bothEnd = (chat: string, response: string): Ends => ({
  ...{ chat, chatStream: chat },
  ...{ response, responseStream: response },
});

suite('an answer that is not whole', () => {
  const cases: [string, readonly Frame[] | string, Ends, boolean?][] = [
    [
      'ends with a failure as its finish reason',
      [text, delta({}, 'abort'), done],
      allFailWith("The agent ended its answer with the finish reason 'abort'."),
    ],
    [
      'ends with an unknown finish reason',
      [text, delta({}, 'because'), done],
      allFailWith("The agent ended its answer with the unknown finish reason 'because'."),
    ],
    [
      'ends with the finish reason of another provider for its token limit',
      [text, delta({}, 'MAX_TOKENS'), done],
      bothEnd('length', 'incomplete, max_output_tokens, message incomplete'),
    ],
    [
      'ends with the finish reason of another provider for its filter',
      [text, delta({}, 'sensitive'), done],
      bothEnd('content_filter', 'incomplete, content_filter, message incomplete'),
    ],
    ['ends with [DONE] alone', [text, done], bothEnd('length', 'incomplete, interrupted, message incomplete')],
    [
      'ends with [DONE] alone inside the arguments of a call',
      [call('get_weather', '{"city":"Par'), done],
      bothEnd('length', 'incomplete, interrupted, function_call incomplete'),
      true,
    ],
    [
      'ends at the token limit inside the arguments of a call',
      [call('get_weather', '{"city":"Par'), delta({}, 'length'), done],
      bothEnd('length', 'incomplete, max_output_tokens, function_call incomplete'),
      true,
    ],
    [
      'is a document without a finish reason',
      JSON.stringify({ choices: [{ message: { role: 'assistant', content: 'The first' }, finish_reason: null }] }),
      bothEnd('length', 'incomplete, interrupted, message incomplete'),
    ],
  ];
  for (const [name, frames, ends, withTools] of cases) {
    test(name, async () => assert.deepEqual(await readEnds(frames, withTools), ends));
  }

  const errorFrames: Frame[] = [
    { error: 'boom' },
    { object: 'error', message: 'boom', type: 'InternalServerError', param: null, code: 500 },
    { detail: 'boom' },
    { code: 'InternalError', message: 'boom' },
    [{ error: { code: 500, message: 'boom' } }],
  ];
  for (const frame of errorFrames) {
    test(`is followed by the error ${JSON.stringify(frame)}`, async () => {
      const { chat, chatStream, response, responseStream } = await readEnds([text, frame, done]);
      for (const message of [chat, chatStream, response, responseStream]) {
        assert.match(String(message), /^The agent reported an error/);
      }
    });
  }
});

suite('a whole answer', () => {
  test('may end with a synonym of stop, after chunks with an empty finish reason', async () => {
    const frames = [delta({ content: 'okay' }, ''), delta({}, 'eos'), done];
    assert.deepEqual(await readEnds(frames), bothEnd('stop', 'completed, message completed'));
  });

  test('may have calls and no finish reason', async () => {
    const ends = await readEnds([call('get_weather', '{"city":"Paris"}'), done], true);
    assert.deepEqual(ends, bothEnd('tool_calls', 'completed, function_call completed'));
  });

  test('may announce calls and have none', async () => {
    const ends = await readEnds([delta({ content: 'Hi' }), delta({}, 'tool_calls'), done], true);
    assert.deepEqual(ends, bothEnd('stop', 'completed, message completed'));
  });
});

suite('a call of a tool that was not offered', () => {
  for (const [written, received] of [
    ['functions.get_weather', 'get_weather'],
    ['look_outside', 'look_outside'],
  ]) {
    test(`reaches the client as a call of ${received}: ${written}`, async () => {
      const frames = [call(written ?? '', '{"city":"Paris"}'), delta({}, 'tool_calls'), done];
      upstream.play(frames);
      const completion = await server.openai.chat.completions.create({ model: 'm', messages, tools: chatTools });
      const [choice] = completion.choices;
      assert.equal(choice?.finish_reason, 'tool_calls');
      const chatCall = choice.message.tool_calls?.[0];
      assert.ok(chatCall?.type === 'function');
      assert.equal(chatCall.function.name, received);
      const response = await server.openai.responses.create({ model: 'm', input: 'hi', tools: responseTools });
      const [item] = response.output;
      assert.ok(item?.type === 'function_call');
      assert.equal(item.name, received);
    });
  }

  test('fails an answer without anything else, and is named, if the choice forbids it', async () => {
    upstream.play([call('look_outside', '{}'), delta({}, 'tool_calls'), done]);
    const message = "502 The agent called only tools that the request does not allow. It called 'look_outside'.";
    const choices = [
      server.openai.chat.completions.create({ model: 'm', messages, tools: chatTools, tool_choice: 'none' }),
      server.openai.responses.create({ model: 'm', input: 'hi', tools: responseTools, tool_choice: 'none' }),
    ];
    for (const answer of choices) await assert.rejects(async () => await answer, { message });
  });
});
