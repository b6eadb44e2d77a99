import type { Area } from '../audit.ts';
import { chunkChoices, finishReasons, joinDeltas, streamChat, user } from '../create-chat.ts';
import { expectEnvelope, expectRefusal } from '../expect-status.ts';
import { Inconclusive } from '../outcomes.ts';
import { type StreamReply, withEvent } from '../read-events.ts';
import { at, expectEqual, expectThat, listAt, parseJson, textAt } from '../read-json.ts';
import { chatCallStream, chatStream, chatWeatherTool, paris, plainChat, sentence } from '../samples.ts';

const reference = 'OpenAI API reference: streaming chat completions';

export const chatStreams: Area = {
  name: 'chat-stream',
  title: 'Chat completions, streamed',
  audits: [
    {
      id: 'chat-stream.content-type',
      title: 'is text/event-stream',
      level: 'MUST',
      clause: reference,
      async run(session) {
        const type = `${(await chatStream(session)).headers['content-type']}`;
        expectThat(/^text\/event-stream\b/i.test(type), `the content-type is ${type}`);
      },
    },
    {
      id: 'chat-stream.shape',
      title: 'sends every required field in each chunk',
      level: 'MUST',
      clause: `${reference}, the chunk object`,
      async run(session) {
        for (const event of (await chatStream(session)).events) {
          withEvent(event, () => session.check.schema('ChatCompletionChunk', event.value));
        }
      },
    },
    {
      id: 'chat-stream.framing',
      title: 'writes chunks as data lines only, without event or id',
      level: 'SHOULD',
      clause: `${reference}; the openai SDK reads an event named "error" as one`,
      async run(session) {
        const line = /^(?:event|id):.*$/m.exec((await chatStream(session)).text)?.[0];
        expectThat(line === undefined, `the stream has the line "${line}"`);
      },
    },
    {
      id: 'chat-stream.done',
      title: 'ends with data: [DONE], once and last',
      level: 'MUST',
      clause: reference,
      async run(session) {
        const { ending } = await chatStream(session);
        expectThat(ending.join() === '[DONE]', `the stream ends with ${ending.join() || 'no [DONE]'}`);
      },
    },
    {
      id: 'chat-stream.role',
      title: 'starts each choice with the role',
      level: 'MUST',
      clause: `${reference}; openai's chat helper and LangChain need it for tool calls`,
      async run(session) {
        expectEqual(chunkChoices(await chatStream(session))[0], 'delta.role', 'assistant');
      },
    },
    {
      id: 'chat-stream.identity',
      title: 'keeps id, created and model the same in all chunks',
      level: 'MUST',
      clause: `${reference}, id: each chunk has the same`,
      async run(session) {
        const { events } = await chatStream(session);
        for (const event of events) {
          for (const field of ['id', 'created', 'model']) {
            withEvent(event, () => expectEqual(event.value, field, at(events[0]?.value, field)));
          }
        }
      },
    },
    {
      id: 'chat-stream.finish',
      title: 'has one finish_reason, after the text of the choice',
      level: 'MUST',
      clause: `${reference}, finish_reason; openai's helper throws without it`,
      async run(session) {
        const choices = chunkChoices(await chatStream(session));
        const reasons = finishReasons(choices);
        expectThat(reasons.at(-1) === 'stop', `the last finish_reason is ${reasons.at(-1) ?? 'null'}`);
        expectThat(reasons.length === 1, 'there are several finish_reasons');
        const end = choices.findIndex((choice) => at(choice, 'finish_reason') != null);
        expectThat(joinDeltas(choices.slice(end + 1)) === '', 'text comes after the finish_reason');
      },
    },
    {
      id: 'chat-stream.usage',
      title: 'reports usage in a final chunk without choices when include_usage is set',
      level: 'MUST',
      clause: `${reference}, stream_options.include_usage`,
      async run(session) {
        const last = (await chatStream(session)).events.at(-1)?.value;
        expectEqual(last, 'choices', []);
        expectThat(typeof at(last, 'usage.total_tokens') === 'number', 'the last chunk has no usage', 'usage');
      },
    },
    {
      id: 'chat-stream.no-usage',
      title: 'has no chunk without choices when usage was not requested',
      level: 'SHOULD',
      clause: `${reference}, stream_options: clients read choices[0] of every chunk`,
      async run(session) {
        const stream = await streamChat(session, { messages: [user(session.target.prompts.say('Hi.'))] });
        for (const event of stream.events) {
          withEvent(event, () => expectThat(listAt(event.value, 'choices').length > 0, 'it has no choices', 'choices'));
        }
      },
    },
    {
      id: 'chat-stream.fold',
      title: 'concatenates to the non-streamed reply',
      level: 'MUST',
      clause: `${reference}: a stream is the same completion in pieces`,
      async run(session) {
        const choices = chunkChoices(await chatStream(session));
        const { body } = await plainChat(session);
        const text = joinDeltas(choices);
        if (session.target.prompts.exact) expectEqual(body, 'choices[0].message.content', text);
        expectThat(text !== '', 'the deltas concatenate to an empty text');
        expectEqual(body, 'choices[0].finish_reason', finishReasons(choices).at(-1));
      },
    },
    {
      id: 'chat-stream.choices',
      title: 'streams n choices, separated by index',
      level: 'SHOULD',
      clause: `${reference}, n`,
      async run(session) {
        const messages = [user(session.target.prompts.say('One of two.'))];
        const stream = await streamChat(session, { messages, n: 2 });
        for (const index of [0, 1]) {
          const choices = chunkChoices(stream, index);
          expectThat(joinDeltas(choices) !== '', `choice ${index} has no text`);
          expectThat(finishReasons(choices).at(-1) === 'stop', `choice ${index} does not finish`);
        }
      },
    },
    {
      id: 'chat-stream.tool-begin',
      title: 'starts a tool call with its index, id, type and name',
      level: 'MUST',
      clause: `${reference}, tool_calls; every SDK puts calls together by index`,
      async run(session) {
        const [first] = callDeltas(await chatCallStream(session));
        expectEqual(first, 'index', 0);
        expectThat(textAt(first, 'id') !== '', 'the id of the call is empty', 'tool_calls[0].id');
        expectEqual(first, 'type', 'function');
        expectEqual(first, 'function.name', 'get_weather');
      },
    },
    {
      id: 'chat-stream.tool-arguments',
      title: 'streams arguments that concatenate to JSON, under the index of their call',
      level: 'MUST',
      clause: `${reference}, tool_calls`,
      async run(session) {
        const deltas = callDeltas(await chatCallStream(session));
        const own = deltas.filter((delta) => at(delta, 'index') === 0);
        parseJson(own.map((delta) => at(delta, 'function.arguments') ?? '').join(''), 'what the arguments add up to');
      },
    },
    {
      id: 'chat-stream.tool-finish',
      title: 'finishes a stream of calls with "tool_calls"',
      level: 'MUST',
      clause: `${reference}, finish_reason`,
      async run(session) {
        // Not forced: OpenAI finishes a forced call with "stop".
        const messages = [user(session.target.prompts.call('get_weather', paris))];
        const stream = await streamChat(session, { messages, tools: [chatWeatherTool] });
        callDeltas(stream);
        expectEqual(chunkChoices(stream).at(-1), 'finish_reason', 'tool_calls');
      },
    },
    {
      id: 'chat-stream.refusal',
      title: 'answers an invalid stream request with a status and an error envelope, not a stream',
      level: 'MUST',
      clause: 'OpenAI API reference: error codes; SDKs read the status',
      async run(session) {
        const body = { model: session.target.model, stream: true, messages: sentence };
        const reply = await session.send('POST', '/chat/completions', { body });
        expectEnvelope(session, await expectRefusal(session, reply, [400, 422]));
      },
    },
  ],
};

function callDeltas(stream: StreamReply): unknown[] {
  const deltas = chunkChoices(stream).flatMap((choice) => {
    const calls = at(choice, 'delta.tool_calls');
    return Array.isArray(calls) ? calls : [];
  });
  if (deltas.length === 0) throw new Inconclusive('the model made no call');
  return deltas;
}
