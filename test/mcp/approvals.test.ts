import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import OpenAI from 'openai';
import { storeKinds } from '../helpers/store-urls.ts';
import type { TestServer } from '../helpers/talaria.ts';
import { call, startMcpTalaria, use } from './mcp-talaria.ts';
import { type HttpMcpServer, startCurrentServer } from './servers/http-server.ts';

type Response = OpenAI.Responses.Response;

const label = 'weather';
const tools = [use(label, { require_approval: 'always' })];
/** The offline agent quotes the result. */
const input = call('weather__get_weather', { city: 'Paris' });

/** Starts a turn that ends with a request for approval. */
async function startTurn({ openai }: TestServer): Promise<{ response: Response; request: string }> {
  const response = await openai.responses.create({ model: 'any', input, tools });
  assert.equal(response.status, 'completed');
  const [, request, ...others] = response.output;
  assert.ok(request?.type === 'mcp_approval_request', JSON.stringify(response.output));
  assert.deepEqual(others, []);
  const { server_label, name, arguments: args } = request;
  assert.deepEqual(
    { server_label, name, args },
    { server_label: label, name: 'get_weather', args: '{"city":"Paris"}' },
  );
  return { response, request: request.id };
}

interface Answer {
  approve: boolean;
  reason?: string;
}

const answer = (
  { openai }: TestServer,
  { response, request }: { response: Response; request: string },
  said: Answer = { approve: true },
): Promise<Response> =>
  openai.responses.create({
    model: 'any',
    tools,
    previous_response_id: response.id,
    input: [{ type: 'mcp_approval_response', approval_request_id: request, ...said }],
  });

/** Returns the calls of a response. */
const callsOf = ({ output }: Response) => output.filter((item) => item.type === 'mcp_call');

function checkApproved(response: Response, request: string): void {
  const [done, ...others] = callsOf(response);
  assert.deepEqual(others, []);
  assert.equal(done?.approval_request_id, request);
  assert.match(done.output ?? '', /18 degrees/);
  assert.ok(response.output_text.includes(done.output ?? ''), response.output_text);
}

const isConflict = (error: unknown): boolean =>
  error instanceof OpenAI.APIError && error.status === 409 && error.code === 'approval_conflict';

/** Starts servers that share an MCP server and a store. */
function useServers(kind: (typeof storeKinds)[number]) {
  const stack = new AsyncDisposableStack();
  let started: { url: string; weather: HttpMcpServer; first: TestServer; second: TestServer } | undefined;
  const start = (url: string, weather: HttpMcpServer) =>
    startMcpTalaria({ [label]: { url: weather.url } }, { STORE_URL: url });
  before(async () => {
    const { url } = stack.use(await kind.open());
    const weather = stack.use(await startCurrentServer());
    const first = stack.use(await start(url, weather));
    // A store in memory has one server.
    const second = kind.lasts ? stack.use(await start(url, weather)) : first;
    started = { url, weather, first, second };
  });
  after(() => stack.disposeAsync());
  return () => {
    if (!started) throw new Error('The servers are started before the tests.');
    const { url, weather } = started;
    return { ...started, startAnother: () => start(url, weather) };
  };
}

for (const kind of storeKinds) {
  describe(`an approval in the ${kind.name} store`, () => {
    const servers = useServers(kind);

    it('is asked for, given, and then the call runs', async () => {
      const { first, weather } = servers();
      const before = weather.calls;
      const turn = await startTurn(first);
      assert.equal(weather.calls, before);
      checkApproved(await answer(first, turn), turn.request);
      assert.equal(weather.calls, before + 1);
    });

    it('is denied: the call does not run, and the model reads the reason', async () => {
      const { first, weather } = servers();
      const before = weather.calls;
      const response = await answer(first, await startTurn(first), { approve: false, reason: 'too risky' });
      assert.deepEqual(callsOf(response), []);
      assert.match(response.output_text, /too risky/);
      assert.equal(weather.calls, before);
    });

    it('is used once: a second answer is a conflict', async () => {
      const { first } = servers();
      const turn = await startTurn(first);
      checkApproved(await answer(first, turn), turn.request);
      await assert.rejects(answer(first, turn), isConflict);
      await assert.rejects(answer(first, turn, { approve: false }), isConflict);
    });

    it(`is used by one of two answers at once${kind.lasts ? ', on two servers' : ''}`, async () => {
      const { first, second, weather } = servers();
      const turn = await startTurn(first);
      const before = weather.calls;
      const outcomes = await Promise.allSettled([answer(first, turn), answer(second, turn)]);
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1, JSON.stringify(outcomes));
      for (const outcome of outcomes) if (outcome.status === 'rejected') assert.ok(isConflict(outcome.reason));
      assert.equal(weather.calls, before + 1);
    });

    if (!kind.lasts) return;

    it('is given on another server, once', async () => {
      const { first, second } = servers();
      const turn = await startTurn(first);
      checkApproved(await answer(second, turn), turn.request);
      await assert.rejects(answer(first, turn), isConflict);
    });

    it('is given after a restart', async () => {
      const { startAnother } = servers();
      const turn = await (async () => {
        await using server = await startAnother();
        return startTurn(server);
      })();
      await using restarted = await startAnother();
      const found = await restarted.openai.responses.retrieve(turn.response.id);
      assert.ok(found.output.some(({ type }) => type === 'mcp_approval_request'));
      checkApproved(await answer(restarted, turn), turn.request);
    });
  });
}
