import OpenAI from 'openai';

/** One use of the official SDK, which throws if the SDK can't read the replies. */
export interface SdkCall {
  name: string;
  run(client: OpenAI): Promise<void>;
}

const model = 'offline';
const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Hello!' }];
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const getWeather = { name: 'get_weather', strict: false, parameters };
const responseTools: OpenAI.Responses.Tool[] = [{ type: 'function', ...getWeather }];
const chatTools: OpenAI.ChatCompletionTool[] = [{ type: 'function', function: getWeather }];

/** The SDK accepts JSON, whether it asks for a stream or not. Prism's mock goes by the header. */
const acceptStream = { headers: { accept: 'text/event-stream' } };

/** Calls that a mock can answer too: they need no state. */
export const statelessCalls: SdkCall[] = [
  { name: 'lists the models', run: async (client) => expect((await client.models.list()).data.length > 0) },
  {
    name: 'creates a chat completion',
    run: async (client) => {
      const completion = await client.chat.completions.create({ model, messages });
      expect(completion.choices.length > 0);
    },
  },
  {
    name: 'streams a chat completion',
    run: async (client) => {
      const stream = client.chat.completions.stream({ model, messages }, acceptStream);
      expect((await stream.finalChatCompletion()).choices.length > 0);
    },
  },
  {
    name: 'creates a response',
    run: async (client) => expect((await client.responses.create({ model, input: 'Hello!' })).output.length > 0),
  },
  {
    name: 'streams a response',
    run: async (client) => {
      const stream = client.responses.stream({ model, input: 'Hello!' }, acceptStream);
      expect((await stream.finalResponse()).output.length > 0);
    },
  },
  {
    name: 'is refused an invalid chat completion',
    run: (client) => expectError(400, client.chat.completions.create({ model, messages: 1 as never })),
  },
  {
    name: 'is refused an invalid response',
    run: (client) => expectError(400, client.responses.create({ model, input: 1 as never })),
  },
];

/** Calls that need a server. */
export const statefulCalls: SdkCall[] = [
  {
    name: 'continues a response, lists its items and deletes it',
    run: async (client) => {
      const first = await client.responses.create({ model, input: 'Hello!' });
      const next = { model, input: 'And?', previous_response_id: first.id };
      const second = await client.responses.stream(next).finalResponse();
      expect((await client.responses.retrieve(second.id)).output_text.includes('Turn 2.'));
      expect((await client.responses.inputItems.list(second.id)).data.length > 0);
      await client.responses.delete(second.id);
      await expectError(404, client.responses.retrieve(second.id));
    },
  },
  {
    name: 'runs in the background, and replays the stream',
    run: async (client) => {
      const run = await client.responses.create({ model, input: 'Hello!', background: true });
      const events = await client.responses.retrieve(run.id, { stream: true });
      let last = '';
      for await (const event of events) last = event.type;
      expect(last === 'response.completed');
    },
  },
  {
    name: 'receives and answers calls of functions',
    run: async (client) => {
      const input = '/call get_weather {"city":"Paris"}';
      const response = await client.responses.create({ model, input, tools: responseTools });
      const call = response.output.find((item) => item.type === 'function_call');
      if (!call) throw new Error('The response has no call.');
      const output = { type: 'function_call_output' as const, call_id: call.call_id, output: '18 °C' };
      await client.responses.create({ model, input: [output], previous_response_id: response.id });
      const asked = { role: 'user' as const, content: input };
      const stream = client.chat.completions.stream({ model, messages: [asked], tools: chatTools });
      expect((await stream.finalChatCompletion()).choices[0]?.finish_reason === 'tool_calls');
    },
  },
  {
    name: 'receives structured output and reasoning',
    run: async (client) => {
      const format = { type: 'json_schema' as const, name: 'weather', schema: parameters, strict: false };
      await client.responses.create({ model, input: 'Where?', text: { format } });
      await client.responses.stream({ model, input: '/think First I think. /say Then I speak.' }).finalResponse();
    },
  },
  {
    name: 'stores, lists and deletes a chat completion',
    run: async (client) => {
      const { id } = await client.chat.completions.create({ model, messages, store: true });
      expect((await client.chat.completions.list()).data.some((completion) => completion.id === id));
      await client.chat.completions.messages.list(id);
      await client.chat.completions.update(id, { metadata: { topic: 'weather' } });
      await client.chat.completions.delete(id);
      await expectError(404, client.chat.completions.retrieve(id));
    },
  },
  {
    name: 'keeps a conversation',
    run: async (client) => {
      const { id } = await client.conversations.create({ items: [{ role: 'user', content: 'Hello!' }] });
      await client.responses.create({ model, input: 'And?', conversation: id });
      expect((await client.conversations.items.list(id)).data.length > 1);
      await client.conversations.delete(id);
    },
  },
  {
    name: 'counts tokens and compacts',
    run: async (client) => {
      expect((await client.responses.inputTokens.count({ model, input: 'Hello!' })).input_tokens > 0);
      expect((await client.responses.compact({ model, input: 'Hello!' })).output.length > 0);
    },
  },
  {
    name: "is passed an agent's error",
    run: async (client) => {
      await expectError(429, client.responses.create({ model, input: '/status 429' }));
      await expectError(
        502,
        client.chat.completions.create({ model, messages: [{ role: 'user', content: '/status 500' }] }),
      );
    },
  },
];

function expect(fact: boolean): void {
  if (!fact) throw new Error('The reply lacks what was asked for.');
}

/** Expects the SDK's error with a status and the fields of the envelope. */
async function expectError(status: number, call: Promise<unknown>): Promise<void> {
  const error: unknown = await call.then(
    () => undefined,
    (error) => error,
  );
  if (!(error instanceof OpenAI.APIError)) throw new Error(`Expected status ${status}, but got ${error}.`);
  const { status: got, type } = error;
  if (got !== status || !type) throw new Error(`Expected status ${status} and a type, but got ${got} and ${type}.`);
}
