import type { Area } from '../audit.ts';
import { chatFields, createChat, toolCalls, user } from '../create-chat.ts';
import { excuseModel, expectCut, tokenLimit } from '../excuse-model.ts';
import { expectOk } from '../expect-status.ts';
import { Inconclusive } from '../outcomes.ts';
import { at, expectEqual, expectThat, listAt, numberAt, parseJson, textAt } from '../read-json.ts';
import { chatCall, chatWeatherTool, paris, plainChat, sentence } from '../samples.ts';

const reference = 'OpenAI API reference: create chat completion';

export const chat: Area = {
  name: 'chat',
  title: 'Chat completions',
  audits: [
    {
      id: 'chat.shape',
      title: 'sends every required field of a completion',
      level: 'MUST',
      clause: `${reference}, the chat completion object`,
      async run(session) {
        session.check.body('createChatCompletion', (await plainChat(session)).body);
      },
    },
    {
      id: 'chat.content-type',
      title: 'sends a non-streamed reply as application/json',
      level: 'MUST',
      clause: reference,
      async run(session) {
        const type = `${(await plainChat(session)).headers['content-type']}`;
        expectThat(/^application\/json\b/i.test(type), `the content-type is ${type}`);
      },
    },
    {
      id: 'chat.text',
      title: 'answers with text and finishes with "stop"',
      level: 'MUST',
      clause: `${reference}, choices`,
      async run(session) {
        const { body } = await plainChat(session);
        expectEqual(body, 'choices[0].message.role', 'assistant');
        const text = textAt(body, 'choices[0].message.content');
        expectThat(text !== '', 'the text is empty', 'choices[0].message.content');
        if (session.target.prompts.exact) expectEqual(body, 'choices[0].message.content', sentence);
        expectEqual(body, 'choices[0].finish_reason', 'stop');
      },
    },
    {
      id: 'chat.usage',
      title: 'reports usage, if any, whose total is the sum',
      level: 'MUST',
      clause: `${reference}, usage`,
      async run(session) {
        const { body } = await plainChat(session);
        if (at(body, 'usage') === undefined) return session.note('it counts nothing: usage is optional');
        const sum = numberAt(body, 'usage.prompt_tokens') + numberAt(body, 'usage.completion_tokens');
        expectEqual(body, 'usage.total_tokens', sum);
      },
    },
    {
      id: 'chat.limit',
      title: 'stops at max_completion_tokens with finish_reason "length"',
      level: 'MUST',
      clause: `${reference}, max_completion_tokens`,
      async run(session) {
        const messages = [user(session.target.prompts.count())];
        const { body } = await createChat(session, { messages, max_completion_tokens: tokenLimit });
        if (at(body, 'choices[0].finish_reason') === 'stop') expectCut(body, 'usage.completion_tokens');
        expectEqual(body, 'choices[0].finish_reason', 'length');
      },
    },
    {
      id: 'chat.stop',
      title: 'ends the text before a stop sequence',
      level: 'SHOULD',
      clause: `${reference}, stop`,
      async run(session) {
        const messages = [user(session.target.prompts.say('alpha beta gamma delta'))];
        const { body } = await createChat(session, { messages, stop: ['gamma'] });
        const text = textAt(body, 'choices[0].message.content');
        expectThat(!text.includes('gamma'), 'the stop text is in the answer', 'choices[0].message.content');
      },
    },
    {
      id: 'chat.choices',
      title: 'returns n choices, each with its index',
      level: 'SHOULD',
      clause: `${reference}, n`,
      async run(session) {
        const messages = [user(session.target.prompts.say('One of two.'))];
        const { body } = await createChat(session, { messages, n: 2 });
        const indexes = listAt(body, 'choices').map((choice) => at(choice, 'index'));
        expectThat(indexes.toSorted().join() === '0,1', `the indexes of the choices are ${indexes.join()}`, 'choices');
      },
    },
    {
      id: 'chat.parts',
      title: 'accepts a message whose content is a list of text parts',
      level: 'MUST',
      clause: `${reference}, messages`,
      async run(session) {
        const content = [{ type: 'text', text: session.target.prompts.say(sentence) }];
        const { body } = await createChat(session, { messages: [user(content)] });
        expectThat(textAt(body, 'choices[0].message.content') !== '', 'the text is empty');
      },
    },
    {
      id: 'chat.roles',
      title: 'accepts system, developer and assistant messages',
      level: 'MUST',
      clause: `${reference}, messages`,
      async run(session) {
        const messages = [
          { role: 'system', content: 'Be brief.' },
          { role: 'developer', content: 'Be exact.' },
          user('Hello.'),
          { role: 'assistant', content: 'Hello!' },
          user(session.target.prompts.say(sentence)),
        ];
        await createChat(session, { messages });
      },
    },
    {
      id: 'chat.tool-call',
      title: 'returns a tool call with an id, its function and JSON arguments',
      level: 'MUST',
      clause: `${reference}, tool_calls`,
      async run(session) {
        const call = toolCalls((await chatCall(session)).body)[0];
        expectThat(textAt(call, 'id') !== '', 'the id of the call is empty', 'choices[0].message.tool_calls[0].id');
        expectEqual(call, 'type', 'function');
        expectEqual(call, 'function.name', 'get_weather');
        parseJson(textAt(call, 'function.arguments'), 'function.arguments');
      },
    },
    {
      id: 'chat.tool-finish',
      title: 'finishes with "tool_calls" when a tool was called',
      level: 'MUST',
      clause: `${reference}, finish_reason`,
      async run(session) {
        // Not forced: OpenAI finishes a forced call with "stop".
        const messages = [user(session.target.prompts.call('get_weather', paris))];
        const { body } = await createChat(session, { messages, tools: [chatWeatherTool] });
        toolCalls(body);
        expectEqual(body, 'choices[0].finish_reason', 'tool_calls');
      },
    },
    {
      id: 'chat.tool-loop',
      title: 'continues after the tool output',
      level: 'MUST',
      clause: `${reference}, tool messages`,
      async run(session) {
        const first = await chatCall(session);
        const results = toolCalls(first.body).map((call) => ({
          role: 'tool',
          tool_call_id: at(call, 'id'),
          content: '18 degrees and sunny',
        }));
        const prompt = user(session.target.prompts.call('get_weather', paris));
        const messages = [prompt, at(first.body, 'choices[0].message'), ...results];
        const { body } = await createChat(session, { messages, tools: [chatWeatherTool] });
        if (at(body, 'choices[0].message.tool_calls')) throw new Inconclusive('the model called again');
        expectThat(textAt(body, 'choices[0].message.content') !== '', 'the answer is empty');
      },
    },
    {
      id: 'chat.tool-parallel',
      title: 'gives each parallel call its own id',
      level: 'MUST',
      clause: `${reference}, parallel_tool_calls`,
      async run(session) {
        const messages = [user(session.target.prompts.callTwice('get_weather', paris, { city: 'Rome' }))];
        const { body } = await createChat(session, { messages, tools: [chatWeatherTool] });
        const ids = toolCalls(body, 2).map((call) => textAt(call, 'id'));
        expectThat(new Set(ids).size === ids.length, `the ids are ${ids.join(', ')}`, 'choices[0].message.tool_calls');
      },
    },
    {
      id: 'chat.tool-none',
      title: 'calls no tool under tool_choice "none"',
      level: 'MUST',
      clause: `${reference}, tool_choice`,
      async run(session) {
        const messages = [user('What is the weather in Paris? Get the weather.')];
        const { body } = await createChat(session, { messages, tools: [chatWeatherTool], tool_choice: 'none' });
        const calls = at(body, 'choices[0].message.tool_calls') ?? [];
        expectThat(Array.isArray(calls) && calls.length === 0, 'a tool was called', 'choices[0].message.tool_calls');
      },
    },
    {
      id: 'chat.json-object',
      title: 'answers in JSON under response_format json_object',
      level: 'MUST',
      clause: `${reference}, response_format`,
      async run(session) {
        const messages = [user('Give me a JSON object with one field, "city", whose value is "Paris".')];
        const fields = { messages, response_format: { type: 'json_object' } };
        const { body } = await excuseModel(session, () => createChat(session, fields));
        if (at(body, 'choices[0].finish_reason') === 'length') throw new Inconclusive('the answer was cut off');
        parseJson(textAt(body, 'choices[0].message.content'), 'choices[0].message.content');
      },
    },
    {
      id: 'chat.old-limit',
      title: 'accepts max_tokens, the deprecated name of the limit',
      level: 'MUST',
      clause: `${reference}, max_tokens; opencode and the AI SDK send it`,
      async run(session) {
        const messages = [user(session.target.prompts.count())];
        const body = chatFields(session, { messages, max_tokens: tokenLimit });
        const reply = await expectOk(session, await session.send('POST', '/chat/completions', { body }));
        if (at(reply.body, 'choices[0].finish_reason') === 'stop') expectCut(reply.body, 'usage.completion_tokens');
        expectEqual(reply.body, 'choices[0].finish_reason', 'length');
      },
    },
  ],
};
