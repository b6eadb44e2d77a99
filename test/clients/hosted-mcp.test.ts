import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createOpenAI } from '@ai-sdk/openai';
import { type AIMessage, type AIMessageChunk, HumanMessage } from '@langchain/core/messages';
import { ChatOpenAI, tools as langChainTools } from '@langchain/openai';
import { Agent, hostedMcpTool, OpenAIResponsesModel, Runner, setTracingDisabled } from '@openai/agents';
import { generateText, type ModelMessage, stepCountIs, streamText } from 'ai';
import OpenAI from 'openai';
import { call, script, startMcpTalaria } from '../mcp/mcp-talaria.ts';
import { type HttpMcpServer, startCurrentServer } from '../mcp/servers/http-server.ts';
import { recordFetch } from './recorded-fetch.ts';

type Body = Omit<OpenAI.Responses.ResponseCreateParamsNonStreaming, 'stream'>;

/** Without a second step, the offline agent quotes the result. */
const question = call('weather__get_weather', { city: 'Paris' });
const twoSteps = script(question, '/say It is warm.');
const result = 'Paris: 18 degrees, says the current server';

/** Starts a server with an MCP server for the tests of the enclosing suite. */
function useWeather() {
  const stack = new AsyncDisposableStack();
  let started: { url: string; weather: HttpMcpServer } | undefined;
  before(async () => {
    setTracingDisabled(true);
    const weather = stack.use(await startCurrentServer());
    const { url } = stack.use(await startMcpTalaria({ weather: { url: weather.url } }));
    started = { url: `${url}/v1`, weather };
  });
  after(() => stack.disposeAsync());
  const get = () => {
    if (!started) throw new Error('The server is started before the tests.');
    return started;
  };
  return {
    get baseURL() {
      return get().url;
    },
    /** Calls of the tool so far. */
    get calls() {
      return get().weather.calls;
    },
    /** The official SDK. Its replies are checked against the contract. */
    connect: () => {
      const { fetch } = recordFetch();
      return new OpenAI({ baseURL: get().url, apiKey: 'none', maxRetries: 0, fetch });
    },
  };
}

describe('openai for Node and hosted MCP', () => {
  const setup = useWeather();
  const tool = { type: 'mcp' as const, server_label: 'weather' };
  const open = { ...tool, require_approval: 'never' as const };
  const kinds = ['plain', 'streamed', 'accumulated'] as const;

  async function create(kind: (typeof kinds)[number], body: Body) {
    const openai = setup.connect();
    if (kind === 'plain') return openai.responses.create(body);
    if (kind === 'accumulated') return openai.responses.stream(body).finalResponse();
    const events = await Array.fromAsync(await openai.responses.create({ ...body, stream: true }));
    const last = events.at(-1);
    assert.ok(last?.type === 'response.completed');
    return last.response;
  }

  for (const kind of kinds) {
    it(`gets the list, the call and the answer, ${kind}`, async () => {
      const response = await create(kind, { model: 'any', input: twoSteps, tools: [open] });
      const [list, called, message, ...others] = response.output;
      assert.deepEqual(others, []);
      assert.ok(list?.type === 'mcp_list_tools' && called?.type === 'mcp_call' && message?.type === 'message');
      assert.deepEqual(
        list.tools.map(({ name }) => name),
        ['get_weather'],
      );
      assert.deepEqual([called.name, called.output, called.arguments], ['get_weather', result, '{"city":"Paris"}']);
      assert.equal(response.output_text ?? textOf(response), 'It is warm.');
    });

    it(`is asked for approval, and approves, ${kind}`, async () => {
      const before = setup.calls;
      const first = await create(kind, { model: 'any', input: question, tools: [tool] });
      const request = first.output.find((item) => item.type === 'mcp_approval_request');
      assert.ok(request);
      assert.equal(setup.calls, before);
      const answer = { type: 'mcp_approval_response' as const, approval_request_id: request.id, approve: true };
      const body = { model: 'any', tools: [tool], previous_response_id: first.id, input: [answer] };
      const second = await create(kind, body);
      assert.match(textOf(second), /18 degrees/);
      assert.equal(setup.calls, before + 1);
    });
  }

  it('is asked for approval again in a chain, for each call', async () => {
    const first = await create('plain', {
      model: 'any',
      tools: [tool],
      input: script(question, question, '/say Done.'),
    });
    const requests: string[] = [];
    let last = first;
    for (let request = requestOf(last); request; request = requestOf(last)) {
      requests.push(request);
      const input = [{ type: 'mcp_approval_response' as const, approval_request_id: request, approve: true }];
      last = await create('plain', { model: 'any', tools: [tool], previous_response_id: last.id, input });
    }
    assert.equal(new Set(requests).size, 2);
    assert.equal(textOf(last), 'Done.');
  });

  it('approves without server-side state, by sending the items again', async () => {
    const body = { model: 'any', tools: [tool], store: false };
    const first = await create('plain', { ...body, input: question });
    const request = requestOf(first) ?? '';
    const input = [
      { role: 'user' as const, content: question },
      ...first.output,
      { type: 'mcp_approval_response' as const, approval_request_id: request, approve: true },
    ] as OpenAI.Responses.ResponseInputItem[];
    assert.match(textOf(await create('plain', { ...body, input })), /18 degrees/);
  });
});

describe('the Agents SDK and hosted MCP', () => {
  const setup = useWeather();
  const runner = new Runner({ tracingDisabled: true });
  const createAgent = (tool: ReturnType<typeof hostedMcpTool>) =>
    new Agent({ name: 'Tester', model: new OpenAIResponsesModel(setup.connect(), 'any'), tools: [tool] });

  for (const stream of [false, true]) {
    const how = stream ? 'streamed' : 'plain';
    const run = async (agent: Agent, input: string) => {
      const outcome = stream ? await runner.run(agent, input, { stream }) : await runner.run(agent, input);
      if ('completed' in outcome) await outcome.completed;
      return outcome;
    };

    it(`gets the answer after a call, ${how}`, async () => {
      const outcome = await run(createAgent(hostedMcpTool({ serverLabel: 'weather' })), twoSteps);
      assert.equal(outcome.finalOutput, 'It is warm.');
    });

    for (const approve of [true, false]) {
      it(`asks its callback, which ${approve ? 'approves' : 'denies'}, ${how}`, async () => {
        const before = setup.calls;
        const asked: unknown[] = [];
        const tool = hostedMcpTool({
          serverLabel: 'weather',
          requireApproval: 'always',
          onApproval: async (_context, { rawItem }) => {
            asked.push(rawItem.type === 'hosted_tool_call' ? rawItem.name : rawItem.type);
            return approve ? { approve } : { approve, reason: 'not today' };
          },
        });
        const outcome = await run(createAgent(tool), question);
        assert.equal(asked.length, 1);
        assert.equal(setup.calls, before + (approve ? 1 : 0));
        assert.match(String(outcome.finalOutput), approve ? /18 degrees/ : /not today/);
      });
    }
  }

  it('is interrupted without a callback, and goes on from its state', async () => {
    const agent = createAgent(hostedMcpTool({ serverLabel: 'weather', requireApproval: 'always' }));
    const first = await runner.run(agent, question);
    const [interruption] = first.interruptions;
    assert.ok(interruption);
    first.state.approve(interruption);
    const second = await runner.run(agent, first.state);
    assert.match(String(second.finalOutput), /18 degrees/);
  });
});

describe('LangChain and hosted MCP', () => {
  const setup = useWeather();
  const tool = (requireApproval: 'always' | 'never') =>
    // Its types know OpenAI's connectors alone.
    langChainTools.mcp({ serverLabel: 'weather', connectorId: 'weather' as 'connector_gmail', requireApproval });
  const connect = (requireApproval: 'always' | 'never') => {
    const configuration = { baseURL: setup.baseURL, fetch: recordFetch().fetch };
    const model = new ChatOpenAI({ model: 'any', apiKey: 'none', maxRetries: 0, useResponsesApi: true, configuration });
    return model.bindTools([tool(requireApproval)]);
  };

  for (const streamed of [false, true]) {
    const how = streamed ? 'streamed' : 'plain';
    const ask = async (
      model: ReturnType<typeof connect>,
      messages: (HumanMessage | AIMessage)[],
      options: { previous_response_id?: string } = {},
    ): Promise<AIMessage> => {
      if (!streamed) return model.invoke(messages, options);
      const pieces: AIMessageChunk[] = await Array.fromAsync(await model.stream(messages, options));
      return pieces.reduce((whole, piece) => whole.concat(piece));
    };

    it(`gets the answer after a call, ${how}`, async () => {
      const message = await ask(connect('never'), [new HumanMessage(twoSteps)]);
      assert.equal(message.text, 'It is warm.');
    });

    it(`approves a call, ${how}`, async () => {
      const before = setup.calls;
      const model = connect('always');
      const first = await ask(model, [new HumanMessage(question)]);
      const outputs = first.additional_kwargs['tool_outputs'] ?? first.response_metadata['output'];
      assert.ok(Array.isArray(outputs));
      const request = outputs.find(({ type }) => type === 'mcp_approval_request');
      assert.ok(request, JSON.stringify(outputs));
      const answer = { type: 'mcp_approval_response', approval_request_id: request.id, approve: true };
      const second = await ask(model, [new HumanMessage({ content: [answer] })], {
        previous_response_id: String(first.response_metadata['id']),
      });
      assert.match(second.text, /18 degrees/);
      assert.equal(setup.calls, before + 1);
    });
  }
});

describe('the AI SDK and hosted MCP', () => {
  const setup = useWeather();
  const connect = (requireApproval: 'always' | 'never') => {
    const openai = createOpenAI({ baseURL: setup.baseURL, apiKey: 'none', fetch: recordFetch().fetch });
    // It requires a URL or a connector.
    const mcp = openai.tools.mcp({ serverLabel: 'weather', connectorId: 'weather', requireApproval });
    return { model: openai.responses('any'), tools: { mcp }, stopWhen: stepCountIs(3) };
  };

  for (const streamed of [false, true]) {
    const how = streamed ? 'streamed' : 'plain';
    const ask = async (options: ReturnType<typeof connect>, messages: ModelMessage[]) => {
      const outcome = streamed ? streamText({ ...options, messages }) : await generateText({ ...options, messages });
      if ('consumeStream' in outcome) await outcome.consumeStream();
      const { messages: more } = await outcome.response;
      return { text: await outcome.text, content: await outcome.content, messages: [...messages, ...more] };
    };

    it(`gets the answer after a call, ${how}`, async () => {
      const { text, content } = await ask(connect('never'), [{ role: 'user', content: twoSteps }]);
      assert.equal(text, 'It is warm.');
      assert.ok(content.some(({ type }) => type === 'tool-result'));
    });

    it(`approves a call, ${how}`, async () => {
      const before = setup.calls;
      const options = connect('always');
      const first = await ask(options, [{ role: 'user', content: question }]);
      const request = first.content.find((part) => part.type === 'tool-approval-request');
      assert.ok(request, JSON.stringify(first.content));
      const answer = {
        type: 'tool-approval-response' as const,
        approvalId: request.approvalId,
        approved: true,
        providerExecuted: true,
      };
      const second = await ask(options, [...first.messages, { role: 'tool', content: [answer] }]);
      assert.match(second.text, /18 degrees/);
      assert.equal(setup.calls, before + 1);
    });
  }
});

const requestOf = ({ output }: OpenAI.Responses.Response): string | undefined =>
  output.find((item) => item.type === 'mcp_approval_request')?.id;

/** Returns the text of the last message. */
function textOf({ output }: OpenAI.Responses.Response): string {
  const message = output.findLast((item) => item.type === 'message');
  return message?.content.map((part) => (part.type === 'output_text' ? part.text : '')).join('') ?? '';
}
