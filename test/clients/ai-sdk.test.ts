import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOpenAI } from '@ai-sdk/openai';
import { generateText, type LanguageModel, Output, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';
import { stores, useServer } from './agents-under-test.ts';
import { type RecordedFetch, recordFetch } from './recorded-fetch.ts';

const script = '/say Let me look.\n/call get_weather {"city":"Paris"}\n/then\n/say It is warm.';
const weather = z.object({ city: z.string(), degrees: z.number().int().min(10).max(20) });

function createWeatherTool() {
  const asked: unknown[] = [];
  const get_weather = tool({
    description: 'The weather of a city.',
    inputSchema: z.object({ city: z.string() }),
    execute: (input) => {
      asked.push(input);
      return '18 degrees';
    },
  });
  return { asked, tools: { get_weather } };
}

for (const api of ['responses', 'chat'] as const) {
  for (const store of stores) {
    describe(`the AI SDK's .${api}() model against the ${store} store`, () => {
      const setup = useServer('offline agent', store);
      const connect = (): { model: LanguageModel; recorded: RecordedFetch } => {
        const recorded = recordFetch();
        const openai = createOpenAI({ baseURL: `${setup.url}/v1`, apiKey: 'none', fetch: recorded.fetch });
        return { model: openai[api]('any-name'), recorded };
      };

      it('answers a plain turn', async () => {
        const result = await generateText({ ...connect(), prompt: '/say Hello there.' });
        assert.equal(result.text, 'Hello there.');
        assert.equal(result.finishReason, 'stop');
        assert.ok(result.usage.outputTokens);
      });

      it('answers a streamed turn in pieces', async () => {
        const result = streamText({ ...connect(), prompt: '/say One two three.' });
        const pieces = await Array.fromAsync(result.textStream);
        assert.ok(pieces.length > 1);
        assert.equal(pieces.join(''), 'One two three.');
        assert.equal(await result.finishReason, 'stop');
      });

      for (const streamed of [false, true]) {
        it(`runs its tool loop to the end, ${streamed ? 'streamed' : 'plain'}`, async () => {
          const { asked, tools } = createWeatherTool();
          const options = { ...connect(), tools, stopWhen: stepCountIs(5), prompt: script };
          const result = streamed ? streamText(options) : await generateText(options);
          if ('consumeStream' in result) await result.consumeStream();
          assert.equal(await result.text, 'It is warm.');
          assert.deepEqual(asked, [{ city: 'Paris' }]);
          assert.equal((await result.steps).length, 2);
        });
      }

      it('returns a structured output, non-streamed and streamed', async () => {
        const options = { ...connect(), output: Output.object({ schema: weather }), prompt: 'How is it outside?' };
        assert.ok(weather.safeParse((await generateText(options)).output).success);
        assert.ok(weather.safeParse(await streamText(options).output).success);
      });
    });
  }
}
