import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { post, type TestServer } from '../helpers/talaria.ts';
import { startUpstream, type Upstream } from '../helpers/upstream.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { startMcpTalaria, use } from './mcp-talaria.ts';
import { type HttpMcpServer, startCurrentServer } from './servers/http-server.ts';

const model = 'test-model';
const tools = [use('weather', { require_approval: 'always' })];
const question = 'tool weather__get_weather {"city":"Paris"}';

interface Body {
  id: string;
  status: string;
  output: { id: string; type: string }[];
  error: { code: string; param: string | null; message: string } | null;
  incomplete_details: { reason: string } | null;
}

async function send({ url }: TestServer, fields: object, headers = {}) {
  const reply = await post(`${url}/v1/responses`, { model, tools, ...fields }, headers);
  const body = (await reply.json()) as Body;
  return { body, status: reply.status, retryAfter: reply.headers.get('retry-after') };
}

/** Starts a turn that ends with requests for approval. Returns a function that answers them all. */
async function ask(server: TestServer, input = question, origin: object = {}) {
  const { body } = await send(server, { ...origin, input });
  const ids = body.output.flatMap(({ type, id }) => (type === 'mcp_approval_request' ? id : []));
  const answers = (approve: boolean) =>
    ids.map((id) => ({ type: 'mcp_approval_response', approval_request_id: id, approve }));
  const answer = (approve: boolean, fields: object = {}, headers = {}) =>
    send(server, { previous_response_id: body.id, input: answers(approve), ...fields }, headers);
  return { id: body.id, ids, answers, answer };
}

const keyed = (key: string) => ({ 'idempotency-key': key });

describe('an answer to an approval', () => {
  const stack = new AsyncDisposableStack();
  /** Whether the model fails once it reads a result. */
  let isFailing = false;
  let upstream: Upstream;
  let weather: HttpMcpServer;
  let server: TestServer;
  before(async () => {
    upstream = stack.use(
      await startUpstream({
        answer({ body }, response) {
          if (!isFailing || body?.messages?.at(-1)?.role !== 'tool') return false;
          response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":{"message":"Broken."}}');
          return true;
        },
      }),
    );
    weather = stack.use(await startCurrentServer());
    const servers = { weather: { url: weather.url }, broken: { url: 'http://127.0.0.1:1/mcp' } };
    server = stack.use(await startMcpTalaria(servers, { AGENT_URL: upstream.url }));
  });
  after(() => stack.disposeAsync());

  /** Answers while the model fails, and returns the calls that ran. */
  async function answerFailing(run: () => ReturnType<typeof send>): Promise<number> {
    const { calls } = weather;
    isFailing = true;
    const { status, body } = await run();
    isFailing = false;
    assert.notEqual(body.status, 'completed', `${status}`);
    return weather.calls - calls;
  }

  for (const headers of [{}, keyed('denied')]) {
    it(`runs a denial again whose run failed${'idempotency-key' in headers ? ', with its key' : ''}`, async () => {
      const { answer } = await ask(server);
      assert.equal(await answerFailing(() => answer(false, {}, headers)), 0);
      const again = await answer(false, {}, headers);
      assert.deepEqual([again.status, again.body.status], [200, 'completed']);
      const approved = await answer(true);
      assert.deepEqual([approved.status, approved.body.error?.code], [409, 'approval_conflict']);
    });
  }

  for (const approve of [true, false]) {
    it(`that a failed response used is known to the model: ${approve ? 'approved' : 'denied'}`, async () => {
      const { id: conversation } = await server.openai.conversations.create({});
      const asked = await ask(server, question, { conversation });
      const origin = { previous_response_id: undefined, conversation };
      assert.equal(await answerFailing(() => asked.answer(approve, origin)), approve ? 1 : 0);
      for (const from of [{ previous_response_id: asked.id }, { conversation }]) {
        assert.equal((await send(server, { ...from, input: 'say Next.' })).status, 200);
        const messages: { role: string; content: string }[] = upstream.requests.at(-1)?.body.messages;
        const results = messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
        assert.equal(results.length, 1);
        assert.match(results[0] ?? '', approve ? /approved.*ran it or began to/ : /denied this call/);
      }
    });
  }

  it('is refused without the tool that it is for, and can be given again', async () => {
    const { answer } = await ask(server);
    const { calls } = weather;
    const allowed = (name: string) => ({
      tool_choice: {
        type: 'allowed_tools',
        mode: 'auto',
        tools: [{ type: 'mcp', server_label: 'weather', name }],
      },
    });
    const lookup = { type: 'function', name: 'lookup', parameters: { type: 'object' }, strict: false };
    const requests = [
      { tools: [] },
      { tools: [], stream: true },
      { tools: [use('weather', { allowed_tools: ['other'] })] },
      { tools: [use('weather', { allowed_tools: { read_only: false } })] },
      allowed('other'),
      { tools: [lookup, ...tools], tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [lookup] } },
    ];
    for (const [index, fields] of requests.entries()) {
      for (const headers of [{}, keyed(`tools-${index}`)]) {
        const refused = await answer(true, fields, headers);
        assert.deepEqual([refused.status, refused.body.error?.param], [400, 'tools'], JSON.stringify(refused.body));
        assert.match(refused.body.error?.message ?? '', /does not offer the tool 'get_weather'.*'tools'/);
      }
    }
    const queued = await answer(true, { tools: [], background: true });
    await waitUntil(
      async () => (await server.openai.responses.retrieve(queued.body.id)).status === 'failed',
      'failure',
    );
    assert.equal(weather.calls, calls);
    assert.equal((await answer(true, allowed('get_weather'))).status, 200);
    assert.equal(weather.calls, calls + 1);
    const denial = await ask(server);
    assert.equal((await denial.answer(false, { tools: [] })).status, 200);
  });

  it('needs no tools for a server of the agent', async () => {
    const agents = { default: { url: upstream.url, mcp_servers: ['weather'] } };
    await using agent = await startMcpTalaria(
      { weather: { url: weather.url, require_approval: 'always' } },
      {},
      { agents },
    );
    const { calls } = weather;
    const { answer } = await ask(agent, question, { tools: [] });
    assert.equal((await answer(true, { tools: [] })).status, 200);
    assert.equal(weather.calls, calls + 1);
  });

  it('is refused if it approves more calls than max_tool_calls allows', async () => {
    const { answer, answers, id } = await ask(server, `${question}\n${question}`);
    const { calls } = weather;
    for (const fields of [{}, { background: true }]) {
      const refused = await answer(true, { ...fields, max_tool_calls: 1 });
      assert.deepEqual([refused.status, refused.body.error?.param], [400, 'max_tool_calls']);
    }
    assert.equal(weather.calls, calls);
    const [first, second] = [answers(true)[0], answers(false)[1]];
    const one = await send(server, { previous_response_id: id, input: [first, second], max_tool_calls: 1 });
    assert.equal(one.status, 200);
    assert.equal(weather.calls, calls + 1);
  });

  it('is not used up by a run that cannot list its tools', async () => {
    const { answer } = await ask(server);
    const { calls } = weather;
    const failed = await answer(true, { tools: [...tools, use('broken')] });
    assert.notEqual(failed.body.status, 'completed');
    assert.equal(weather.calls, calls);
    assert.equal((await answer(true)).status, 200);
    assert.equal(weather.calls, calls + 1);
  });
});

describe('an answer over the token budget', () => {
  it('is refused before it is used, and before the call runs', async () => {
    await using weather = await startCurrentServer();
    await using upstream = await startUpstream();
    const more = { tenants: { default: { limits: { tokens_per_day: 1000 } } } };
    const settings = { AGENT_URL: upstream.url };
    await using server = await startMcpTalaria({ weather: { url: weather.url } }, settings, more);
    const { answer } = await ask(server);
    await send(server, { input: `say ${'word '.repeat(2000)}` });
    const variants = [[], [{ stream: true }], [{ background: true }], [{}, keyed('a')], [{}, keyed('a')], []] as const;
    for (const [fields, headers] of variants) {
      const refused = await answer(true, fields, headers);
      assert.deepEqual([refused.status, refused.body.error?.code], [429, 'rate_limit_exceeded']);
      assert.ok(Number(refused.retryAfter) > 0);
    }
    assert.equal(weather.calls, 0);
  });
});
