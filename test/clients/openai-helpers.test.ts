import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ResponsesToolRunner, type RunnerFunction } from 'openai/helpers/responses-tool-runner';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { stores, useServer } from './agents-under-test.ts';

const model = 'any';
const script = '/say Let me look.\n/call get_weather {"city":"Paris"}\n/then\n/say It is warm.';
const weather = z.object({ city: z.string(), degrees: z.number().int().min(10).max(20) });

for (const store of stores) {
  describe(`the openai package's helpers against the ${store} store`, () => {
    const setup = useServer('offline agent', store);

    for (const stream of [false, true]) {
      it(`ResponsesToolRunner runs a tool loop to its end, ${stream ? 'streamed' : 'plain'}`, async () => {
        const asked: unknown[] = [];
        const runner = new ResponsesToolRunner({ functions: [createWeatherFunction(asked)] });
        const final = await runner.run(setup.openai, { model, input: script }, { stream });
        assert.deepEqual(asked, [{ city: 'Paris' }]);
        const parts = final.output.flatMap((item) => (item.type === 'message' ? item.content : []));
        assert.deepEqual(
          parts.map((part) => part.type === 'output_text' && part.text),
          ['It is warm.'],
        );
      });
    }

    it('parse() matches a zod schema, non-streamed and streamed, for responses and chat', async () => {
      const { chat, responses } = setup.openai;
      const text = { format: zodTextFormat(weather, 'weather') };
      const input = 'How is it outside?';
      const plain = await responses.parse({ model, input, text });
      const streamed = await responses.stream({ model, input, text }).finalResponse();
      const completion = await chat.completions.parse({
        model,
        messages: [{ role: 'user', content: input }],
        response_format: zodResponseFormat(weather, 'weather'),
      });
      for (const parsed of [plain.output_parsed, streamed.output_parsed, completion.choices[0]?.message.parsed]) {
        assert.ok(weather.safeParse(parsed).success, JSON.stringify(parsed));
      }
    });

    it('stream({ response_id }) replays a response, from the start and from an event', async () => {
      const { responses } = setup.openai;
      const first = await responses.stream({ model, input: 'How is it outside?' }).finalResponse();
      for (const starting_after of [undefined, 3]) {
        const place = starting_after === undefined ? {} : { starting_after };
        const again = await responses.stream({ response_id: first.id, ...place }).finalResponse();
        assert.equal(again.id, first.id);
        assert.deepEqual(again.output, first.output);
      }
    });
  });
}

function createWeatherFunction(asked: unknown[]): RunnerFunction {
  return {
    tool: {
      type: 'function',
      name: 'get_weather',
      strict: false,
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
    execute: (args) => {
      asked.push(args);
      return '18 degrees';
    },
  };
}
