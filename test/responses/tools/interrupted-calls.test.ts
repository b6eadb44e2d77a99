import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { interruptedCall } from '../../../src/tools/interrupted-call.ts';
import { streamEvents } from '../../clients/read-events.ts';
import { assertReadable } from '../../clients/stream-rules.ts';
import { startTalaria, type TestServer } from '../../helpers/talaria.ts';
import { startUpstream, type Upstream } from '../../helpers/upstream.ts';
import { waitUntil } from '../../helpers/wait-until.ts';
import { filesTool, writeToolConfig } from './tool-config.ts';

type Item = ReturnType<typeof JSON.parse>;

const hang = 'tool files__hang {"why":"to wait"}';
const tools = [filesTool, { type: 'web_search' as const }];
const failed = { status: 'failed', output: null, error: interruptedCall };

describe('a call whose run ends before it', () => {
  const stack = new AsyncDisposableStack();
  let upstream: Upstream;
  let server: TestServer;
  before(async () => {
    upstream = stack.use(await startUpstream());
    server = await start({});
  });
  after(() => stack.disposeAsync());

  async function start(settings: Record<string, string>): Promise<TestServer> {
    const config = stack.use(writeToolConfig({ more: 'hosted_tools: { web_search: files/hang }' }));
    return stack.use(await startTalaria({ TALARIA_CONFIG: config.path, AGENT_URL: upstream.url, ...settings }));
  }

  const read = async ({ openai }: TestServer, id: string): Promise<Item> => openai.responses.retrieve(id);

  /** Continues a response, and returns the calls and the results that the model reads. */
  async function continueFrom({ openai }: TestServer, id: string) {
    await openai.responses.create({ model: 'any', input: 'say Ok.', previous_response_id: id });
    const messages: Item[] = upstream.requests.at(-1)?.body.messages;
    const calls = messages.flatMap(({ tool_calls: made = [] }) => made.map((call: Item) => call.function.arguments));
    return { calls, results: messages.filter(({ role }) => role === 'tool').map(({ content }) => content) };
  }

  /** Starts a background response, cancels it once its tool runs, and returns it as it is stored. */
  async function cancel(input: string): Promise<Item> {
    const { openai } = server;
    const { id } = await openai.responses.create({ model: 'any', input, background: true, tools });
    await waitUntil(async () => /_call"/.test(JSON.stringify(await read(server, id))));
    const cancelled = await openai.responses.cancel(id);
    assert.equal(cancelled.status, 'cancelled');
    return read(server, id);
  }

  it('is stored as failed, with its arguments, when the response is cancelled', async () => {
    const { id, output } = await cancel(hang);
    const call = output.find(({ type }: Item) => type === 'mcp_call');
    assert.deepEqual({ ...call, ...failed, arguments: '{"why":"to wait"}' }, call);
    const { calls, results } = await continueFrom(server, id);
    assert.deepEqual([calls, results], [['{"why":"to wait"}'], [interruptedCall]]);
  });

  it("keeps a hosted tool's call for the model, although its item has no error", async () => {
    const { id, output } = await cancel('tool web_search {"query":"tides"}');
    const [{ type, status }] = output.filter((item: Item) => item.type !== 'mcp_list_tools');
    assert.deepEqual([type, status], ['web_search_call', 'failed']);
    const { calls, results } = await continueFrom(server, id);
    assert.deepEqual([calls, results], [['{"query":"tides"}'], [interruptedCall]]);
  });

  it('is stored as failed when the reader of its stream disconnects', async () => {
    const stream = await server.openai.responses.create({ model: 'any', input: hang, stream: true, tools });
    let id = '';
    for await (const event of stream) {
      if (event.type === 'response.created') id = event.response.id;
      // The end of the loop aborts the request.
      if (event.type === 'response.mcp_call_arguments.done') break;
    }
    await waitUntil(() => read(server, id).then(Boolean, () => false));
    const { status, output } = await read(server, id);
    assert.equal(status, 'cancelled');
    assert.equal(output.at(-1).arguments, '{"why":"to wait"}');
    assert.equal(output.at(-1).error, interruptedCall);
  });

  it('is done as failed in the stream when the time is up, beside the results of other calls', async () => {
    const hurried = await start({ RUN_TIMEOUT: '2s' });
    const echo = 'tool files__echo {"text":"one"}';
    // The tools may take longer than that to start.
    const warmUp = () => hurried.openai.responses.create({ model: 'any', input: echo, tools });
    await waitUntil(() => warmUp().then(Boolean, () => false));
    const events = await streamEvents(hurried.url, { model: 'any', input: `${hang}\n${echo}`, tools });
    assertReadable(events);
    const last = events.at(-1)?.['response'];
    assert.deepEqual([last.status, last.incomplete_details.reason], ['incomplete', 'run_timeout']);
    const [cut, whole] = last.output.filter(({ type }: Item) => type === 'mcp_call');
    assert.deepEqual({ ...cut, ...failed, arguments: '{"why":"to wait"}' }, cut);
    assert.deepEqual([whole.status, whole.output], ['completed', 'one']);
    const types = events.filter((event) => event['item_id'] === cut.id || event['item']?.id === cut.id);
    assert.deepEqual(
      types.slice(-2).map(({ type }) => type),
      ['response.mcp_call.failed', 'response.output_item.done'],
    );
    assert.deepEqual((await continueFrom(hurried, last.id)).results.toSorted(), [interruptedCall, 'one'].toSorted());
  });

  it('is no result: a run that ends in its first call fails', async () => {
    const hurried = await start({ RUN_TIMEOUT: '2s' });
    await assert.rejects(Promise.resolve(hurried.openai.responses.create({ model: 'any', input: hang, tools })), {
      code: 'run_timeout',
    });
  });
});
