import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AIMessageChunk, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { z } from 'zod';
import { stores, useServer } from './agents-under-test.ts';
import { recordFetch } from './recorded-fetch.ts';

const script = '/say Let me look.\n/call get_weather {"city":"Paris"}\n/then\n/say It is warm.';
const weather = z.object({ city: z.string(), degrees: z.number().int().min(10).max(20) });

for (const useResponsesApi of [true, false]) {
  for (const store of stores) {
    describe(`LangChain through ${useResponsesApi ? 'responses' : 'chat'} against the ${store} store`, () => {
      const setup = useServer('offline agent', store);
      const connect = () => {
        const recorded = recordFetch();
        const configuration = { baseURL: `${setup.url}/v1`, fetch: recorded.fetch };
        const model = new ChatOpenAI({ model: 'any', apiKey: 'none', maxRetries: 0, useResponsesApi, configuration });
        return { model, recorded };
      };

      it('answers a plain turn', async () => {
        const { model, recorded } = connect();
        const message = await model.invoke([new SystemMessage('Be brief.'), new HumanMessage('/say Hello there.')]);
        assert.equal(message.text, 'Hello there.');
        assert.ok(message.usage_metadata);
        // A schema that requires `text.format` would refuse each of its calls.
        if (useResponsesApi) assert.deepEqual(recorded.last().body.text, {});
      });

      it('answers a streamed turn in pieces', async () => {
        const pieces = await Array.fromAsync(await connect().model.stream('/say One two three.'));
        assert.ok(pieces.filter((piece) => piece.text !== '').length > 1);
        assert.equal(pieces.map((piece) => piece.text).join(''), 'One two three.');
      });

      for (const streamed of [false, true]) {
        it(`runs a tool loop to its end, ${streamed ? 'streamed' : 'plain'}`, async () => {
          const asked: unknown[] = [];
          const lookUp = createWeatherTool(asked);
          const model = connect().model.bindTools([lookUp]);
          const ask = async (messages: (HumanMessage | AIMessageChunk | ToolMessage)[]): Promise<AIMessageChunk> =>
            streamed ? join(await Array.fromAsync(await model.stream(messages))) : model.invoke(messages);
          const question = new HumanMessage(script);
          const first = await ask([question]);
          const [call, ...others] = first.tool_calls ?? [];
          assert.ok(call?.id);
          assert.equal(others.length, 0);
          const result = await lookUp.invoke({ ...call, type: 'tool_call' });
          assert.ok(result instanceof ToolMessage);
          assert.deepEqual(asked, [{ city: 'Paris' }]);
          assert.equal((await ask([question, first, result])).text, 'It is warm.');
        });
      }

      it('returns a structured output', async () => {
        const model = connect().model.withStructuredOutput(weather, { method: 'jsonSchema' });
        assert.ok(weather.safeParse(await model.invoke('How is it outside?')).success);
      });
    });
  }
}

describe('LangChain and server-side state', () => {
  const setup = useServer('offline agent', 'memory');

  it('continues a previous response by the id in its metadata', async () => {
    const configuration = { baseURL: `${setup.url}/v1`, fetch: recordFetch().fetch };
    const model = new ChatOpenAI({ model: 'any', apiKey: 'none', useResponsesApi: true, configuration });
    const first = await model.invoke('one');
    const previous_response_id = String(first.response_metadata['id']);
    assert.match(previous_response_id, /^resp_/);
    const second = await model.invoke('two', { previous_response_id });
    assert.match(second.text, /Turn 2\. You said: two/);
  });
});

function join(pieces: AIMessageChunk[]): AIMessageChunk {
  return pieces.reduce((whole, piece) => whole.concat(piece));
}

function createWeatherTool(asked: unknown[]) {
  const lookUp = (input: { city: string }) => {
    asked.push(input);
    return '18 degrees';
  };
  const schema = z.object({ city: z.string() });
  return tool(lookUp, { name: 'get_weather', description: 'The weather of a city.', schema });
}
