import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  Agent,
  OpenAIChatCompletionsModel,
  OpenAIConversationsSession,
  OpenAIResponsesModel,
  Runner,
  setTracingDisabled,
  tool,
  toolNamespace,
  user,
} from '@openai/agents';
import OpenAI from 'openai';
import { z } from 'zod';
import { stores, useServer } from './agents-under-test.ts';
import { recordFetch } from './recorded-fetch.ts';

const script = '/say Let me look.\n/call get_weather {"city":"Paris"}\n/then\n/say It is warm.';
const weather = z.object({ city: z.string(), degrees: z.number().int().min(10).max(20) });

/** Its traces would go to OpenAI. */
const runner = new Runner({ tracingDisabled: true });
before(() => setTracingDisabled(true));

for (const api of ['responses', 'chat'] as const) {
  for (const store of stores) {
    describe(`the Agents SDK's ${api} model against the ${store} store`, () => {
      const setup = useServer('offline agent', store);
      const createAgent = (options: object = {}) => {
        const recorded = recordFetch();
        const client = connect(setup.url, recorded.fetch);
        const model =
          api === 'chat' ? new OpenAIChatCompletionsModel(client, 'any') : new OpenAIResponsesModel(client, 'any');
        return new Agent({ name: 'Tester', instructions: 'Be brief.', model, ...options });
      };

      it('answers a plain turn', async () => {
        const result = await runner.run(createAgent(), '/say Hello there.');
        assert.equal(result.finalOutput, 'Hello there.');
      });

      it('answers a streamed turn in pieces', async () => {
        const result = await runner.run(createAgent(), '/say One two three.', { stream: true });
        const pieces = await Array.fromAsync(result.toTextStream());
        assert.ok(pieces.length > 1);
        assert.equal(pieces.join(''), 'One two three.');
        await result.completed;
        assert.equal(result.finalOutput, 'One two three.');
      });

      for (const stream of [false, true]) {
        it(`runs its tool loop to the end, ${stream ? 'streamed' : 'plain'}`, async () => {
          const asked: unknown[] = [];
          const agent = createAgent({ tools: [createWeatherTool(asked)] });
          const result = stream ? await runner.run(agent, script, { stream }) : await runner.run(agent, script);
          if ('completed' in result) await result.completed;
          assert.equal(result.finalOutput, 'It is warm.');
          assert.deepEqual(asked, [{ city: 'Paris' }]);
        });
      }

      it('returns a structured output', async () => {
        const result = await runner.run(createAgent({ outputType: weather }), 'How is it outside?');
        assert.ok(weather.safeParse(result.finalOutput).success, JSON.stringify(result.finalOutput));
      });
    });
  }
}

describe('the Agents SDK and server-side state', () => {
  const setup = useServer('offline agent', 'memory');
  const createAgent = (options: object = {}) => {
    const recorded = recordFetch();
    const client = connect(setup.url, recorded.fetch);
    const model = new OpenAIResponsesModel(client, 'any');
    return { agent: new Agent({ name: 'Tester', model, ...options }), client, recorded };
  };

  it('replays a whole turn, reasoning included, when it keeps the history itself', async () => {
    const { agent, recorded } = createAgent();
    const first = await runner.run(agent, '/reason First I think.\n/say Then I speak.');
    const second = await runner.run(agent, [...first.history, user('And now?')]);
    assert.match(second.finalOutput ?? '', /Turn 2\. You said: And now\?/);
    const sent = recorded.last().body.input.map((item: { type?: string }) => item.type ?? 'message');
    assert.deepEqual(sent, ['message', 'reasoning', 'message', 'message']);
  });

  it('continues a previous response', async () => {
    const { agent } = createAgent();
    const first = await runner.run(agent, 'one');
    const previousResponseId = first.lastResponseId ?? '';
    assert.match(previousResponseId, /^resp_/);
    const second = await runner.run(agent, 'two', { previousResponseId });
    assert.match(second.finalOutput ?? '', /Turn 2\. You said: two/);
  });

  it('continues a conversation through its session, which reads, adds and removes items', async () => {
    const asked: unknown[] = [];
    const { agent, client, recorded } = createAgent({ tools: [createWeatherTool(asked)] });
    const session = new OpenAIConversationsSession({ client });
    await runner.run(agent, script, { session });
    const second = await runner.run(agent, 'two', { session });
    assert.match(second.finalOutput ?? '', /Turn 2\. You said: two/);
    assert.deepEqual(asked, [{ city: 'Paris' }]);
    const before = await session.getItems();
    const popped = await session.popItem();
    assert.equal(popped?.type, 'message');
    assert.equal((await session.getItems()).length, before.length - 1);
    await session.clearSession();
    const methods = new Set(recorded.requests.map(({ method, path }) => `${method} ${path.split(/[/?]/)[2]}`));
    assert.deepEqual([...methods].sort(), [
      'DELETE conversations',
      'GET conversations',
      'POST conversations',
      'POST responses',
    ]);
  });

  it('calls a tool of a namespace by its bare name beside the namespace', async () => {
    const asked: unknown[] = [];
    const tools = toolNamespace({
      name: 'outside',
      description: 'What is outside.',
      tools: [createWeatherTool(asked)],
    });
    const { agent, recorded } = createAgent({ tools });
    const result = await runner.run(agent, 'Please get the weather outside.');
    assert.match(result.finalOutput ?? '', /18 degrees/);
    assert.equal(asked.length, 1);
    assert.equal(recorded.last().body.tools[0].type, 'namespace');
  });

  for (const [what, text] of [
    ['was cut short', '/say one two three\n/limit 2'],
    ['broke off', '/say one two three four\n/break after 2'],
  ]) {
    it(`learns from a stream that an answer ${what}`, async () => {
      const { agent } = createAgent();
      const result = await runner.run(agent, text ?? '', { stream: true });
      await assert.rejects(result.completed);
    });
  }
});

function connect(url: string, fetch: typeof globalThis.fetch): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0, fetch });
}

function createWeatherTool(asked: unknown[]) {
  return tool({
    name: 'get_weather',
    description: 'The weather of a city.',
    parameters: z.object({ city: z.string() }),
    execute: (input) => {
      asked.push(input);
      return '18 degrees';
    },
  });
}
