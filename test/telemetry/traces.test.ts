import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { toReason } from '../../src/telemetry/traces/report-failures.ts';
import { findFreePort } from '../helpers/find-free-port.ts';
import { startMcpServer } from '../helpers/mcp/http-server.ts';
import { spawnTalaria } from '../helpers/spawn-talaria.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { startUpstream, type Upstream } from '../helpers/upstream.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { writeConfig } from '../helpers/write-config.ts';
import { type ReceivedSpan, startCollector } from './otlp-collector.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traced = { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, tracestate: 'vendor=value' };

/** A tool that returns the `_meta` of its call. */
function createTracedServer(): McpServer {
  const server = new McpServer({ name: 'traced', version: '1.0.0' });
  const inputSchema = z.object({ text: z.string() });
  server.registerTool('meta', { description: 'Returns its meta', inputSchema }, (_args, { mcpReq }) => ({
    content: [{ type: 'text', text: JSON.stringify(mcpReq._meta) }],
  }));
  return server;
}

/** A server whose agent calls the tool of an MCP server over HTTP. */
async function startTraced(settings: Record<string, string> = {}) {
  const stack = new AsyncDisposableStack();
  const upstream = stack.use(await startUpstream());
  const tools = stack.use(await startMcpServer(createTracedServer));
  const file = stack.use(
    writeConfig(
      JSON.stringify({
        agents: { main: { url: upstream.url, model: 'test-model', mcp_servers: ['tools'] } },
        mcp_servers: { tools: { url: tools.url, require_approval: 'never' } },
      }),
    ),
  );
  const talaria = stack.use(await startTalaria({ TALARIA_CONFIG: file.path, ...settings }));
  return { talaria, upstream, tools, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

const asksTool = { model: 'test-model', input: 'tool tools__meta {"text":"secret words"}' };

const answers = ({ requests }: Upstream) => requests.filter(({ path }) => path === '/v1/chat/completions');

const isLoaded = (): boolean =>
  Object.keys(createRequire(import.meta.url).cache).some((path) => /@opentelemetry.(sdk|otlp|exporter)/.test(path));

describe('traces', () => {
  test('without an endpoint, the trace of the client is passed on as it is, and no SDK is loaded', async () => {
    await using started = await startTraced();
    const response = await started.talaria.openai.responses.create(asksTool, { headers: traced });
    assert.match(response.output_text, new RegExp(`The tool said: .*${traced.traceparent}`));
    const sent = answers(started.upstream).map(({ headers: { traceparent, tracestate } }) => ({
      traceparent,
      tracestate,
    }));
    assert.deepEqual(sent, [traced, traced]);
    const called = started.tools.received.filter((headers) => headers['traceparent'] === traced.traceparent);
    assert.equal(called.length, 1);

    await started.talaria.openai.responses.create(asksTool, { headers: { traceparent: '00-0-0-01' } });
    assert.equal(answers(started.upstream).at(-1)?.headers['traceparent'], undefined, 'an invalid one is dropped');
    assert.equal(isLoaded(), false);
  });

  test('a run is one trace with its model calls and tools, from the client to the upstream', async () => {
    await using collector = await startCollector();
    const started = await startTraced({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-token=a%20b',
      OTEL_SERVICE_NAME: 'my-talaria',
    });
    const response = await started.talaria.openai.responses.create(asksTool, { headers: traced });
    await assert.rejects(started.talaria.openai.responses.create({ ...asksTool, input: 'status 400' }));
    // Disposal sends the last spans.
    await started[Symbol.asyncDispose]();
    assert.ok(isLoaded(), 'the SDK can be recognized');
    assert.deepEqual([collector.paths[0], collector.headers[0]?.['x-token']], ['/v1/traces', 'a b']);

    const spans = collector.spans.filter((span) => span.traceId === traceId);
    const named = (name: string) => spans.filter((span) => span.name === name);
    const [request] = named('POST /v1/responses');
    const [run] = named('invoke_agent main');
    const [tool] = named('execute_tool meta');
    const chats = named('chat test-model').toSorted((one, other) => eventsOf(one) - eventsOf(other));
    assert.ok(request && run && tool);
    assert.equal(spans.length, 5);
    assert.equal(chats.length, 2);
    assert.equal(request.parentId, '00f067aa0ba902b7');
    assert.equal(run.parentId, request.spanId);
    for (const call of [tool, ...chats]) assert.equal(call.parentId, run.spanId);
    assert.deepEqual([request.kind, run.kind, tool.kind, chats[0]?.kind], [2, 1, 1, 3]);
    assert.equal(run.resource['service.name'], 'my-talaria');
    const { usage } = response;
    assert.deepEqual(
      pick(run, ['gen_ai.operation.name', 'gen_ai.agent.name', 'gen_ai.request.model', 'gen_ai.response.id']),
      ['invoke_agent', 'main', 'test-model', response.id],
    );
    assert.deepEqual(pick(run, ['gen_ai.usage.input_tokens', 'gen_ai.usage.output_tokens', 'talaria.run.outcome']), [
      usage?.input_tokens,
      usage?.output_tokens,
      'completed',
    ]);
    assert.equal(run.attributes['gen_ai.conversation.id'], chats[0]?.attributes['gen_ai.conversation.id']);
    assert.deepEqual(pick(tool, ['gen_ai.tool.name', 'talaria.mcp.server']), ['meta', 'tools']);
    assert.deepEqual(pick(request, ['http.route', 'http.response.status_code']), ['/v1/responses', 200]);

    const sent = answers(started.upstream)
      .slice(0, 2)
      .map(({ headers }) => headers['traceparent']);
    assert.deepEqual(new Set(sent), new Set(chats.map(({ spanId }) => `00-${traceId}-${spanId}-01`)));
    assert.match(response.output_text, new RegExp(`"traceparent":"00-${traceId}-${tool.spanId}-01"`));
    assert.match(response.output_text, /"tracestate":"vendor=value"/);
    assert.doesNotMatch(JSON.stringify(collector.spans), /secret words|You said/, 'spans hold no content');

    const failed = collector.spans.filter(({ status }) => status === 2).map(({ name }) => name);
    assert.deepEqual(failed.toSorted(), ['chat test-model', 'invoke_agent main']);
    assert.ok(
      collector.spans.find(({ name, status }) => name.startsWith('chat') && status === 2)?.attributes['error.type'],
    );
  });

  test('spans hold content if that is asked for, up to a size', async () => {
    await using collector = await startCollector();
    const started = await startTraced({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/own/path`,
      OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true',
    });
    const { openai } = started.talaria;
    await openai.responses.create({ model: 'test-model', input: `${asksTool.input}` });
    await openai.chat.completions.create({
      model: 'test-model',
      messages: [{ role: 'user', content: `say ${'x'.repeat(100_000)}` }],
    });
    await started[Symbol.asyncDispose]();
    assert.equal(collector.paths[0], '/own/path');
    const tool = await collector.span('execute_tool meta');
    assert.equal(tool.attributes['gen_ai.tool.call.arguments'], '{"text":"secret words"}');
    const [first, ...others] = collector.spans.filter(({ name }) => name === 'chat test-model');
    assert.deepEqual(JSON.parse(String(first?.attributes['gen_ai.input.messages'])), [
      { role: 'user', parts: [{ type: 'text', content: asksTool.input }] },
    ]);
    const last = others.at(-1)?.attributes ?? {};
    for (const name of ['gen_ai.input.messages', 'gen_ai.output.messages']) {
      const text = String(last[name]);
      assert.ok(text.length > 10_000 && text.length < 20_000, `${name}: ${text.length} characters`);
    }
  });

  test('a sampler that drops a trace passes it on as dropped', async () => {
    await using collector = await startCollector();
    const started = await startTraced({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0',
    });
    await started.talaria.openai.responses.create({ model: 'test-model', input: 'say hello' });
    await started[Symbol.asyncDispose]();
    assert.deepEqual(collector.spans, []);
    assert.match(String(answers(started.upstream)[0]?.headers['traceparent']), /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });

  test('a collector that does not answer delays a stop by at most three seconds', async () => {
    await using server = await spawnTalaria({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await findFreePort()}`,
      // A ratio without its argument is no failure to send.
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    });
    await fetch(`${server.url}/v1/models`);
    const began = performance.now();
    assert.equal(await server.kill('SIGTERM'), 0);
    const seconds = (performance.now() - began) / 1000;
    assert.ok(seconds < 3.5, `${seconds} s`);
    const lines = server.stderr().split('\n');
    const [line, ...others] = lines.filter((each) => each.includes('failed to send'));
    const { reason, msg } = JSON.parse(line ?? '{}');
    assert.deepEqual([msg, reason], ['failed to send the last spans', 'The collector did not accept them in time.']);
    assert.deepEqual(others, []);
  });

  test('a call without a model is named by the one that answered', async () => {
    await using collector = await startCollector();
    await using upstream = await startUpstream();
    const settings = { AGENT_URL: upstream.url, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const talaria = await startTalaria(settings);
    await talaria.openai.chat.completions.create({ model: '', messages: [{ role: 'user', content: 'say hi' }] });
    await talaria.openai.responses.create({ input: 'say hi' });
    await talaria[Symbol.asyncDispose]();
    const names = collector.spans.filter(({ kind }) => kind === 3).map(({ name }) => name);
    assert.equal(names.length, 2);
    for (const name of names) assert.match(name, /^chat \S+$/);
  });

  test('the reason of a failure is its message', () => {
    const reported = { name: 'Error', message: 'connect ECONNREFUSED 127.0.0.1:1', stack: 'Error: …\n    at x' };
    assert.equal(toReason(JSON.stringify(reported)), reported.message);
    assert.equal(toReason(JSON.stringify({ code: 'ECONNREFUSED', stack: 'AggregateError' })), 'ECONNREFUSED');
    assert.equal(toReason(new Error('closed')), 'closed');
    assert.equal(toReason('Dropped 3 spans'), 'Dropped 3 spans');
  });

  test('a run that another server resumes stays in its trace', async () => {
    await using stack = new AsyncDisposableStack();
    const folder = mkdtempSync(join(tmpdir(), 'talaria-traces-'));
    stack.defer(() => rmSync(folder, { recursive: true }));
    const collector = stack.use(await startCollector());
    let calls = 0;
    // The first call of each run never ends.
    const answer = ({ path }: { path: string }) => path === '/v1/chat/completions' && ++calls <= 2;
    const upstream = stack.use(await startUpstream({ answer }));
    const settings = {
      STORE_URL: `sqlite:${join(folder, 'shared.db')}`,
      AGENT_URL: upstream.url,
      RUN_LEASE_MS: '1000',
      LOG_LEVEL: 'silent',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    };
    const first = stack.use(await spawnTalaria({ ...settings, OTEL_BSP_SCHEDULE_DELAY: '100' }));
    const request = { model: 'any', input: 'say hello', background: true };
    const ids = await Promise.all(
      [{ headers: traced }, {}].map(async (options) => (await first.openai.responses.create(request, options)).id),
    );
    await waitUntil(() => calls === 2, 'the first calls of the model');
    await waitUntil(() => collector.spans.filter(({ kind }) => kind === 2).length === 2, 'the spans of the requests');
    await first.kill('SIGKILL');

    const second = await startTalaria(settings);
    for (const id of ids) {
      await waitUntil(async () => (await second.openai.responses.retrieve(id)).status === 'completed', id);
    }
    await second[Symbol.asyncDispose]();
    for (const [index, id] of ids.entries()) {
      const run = collector.spans.find(({ attributes }) => attributes['gen_ai.response.id'] === id);
      assert.ok(run, id);
      const began = collector.spans.find(({ spanId }) => spanId === run.parentId);
      assert.equal(began?.name, 'POST /v1/responses', 'the request that started it, on the killed server');
      assert.equal(began.traceId, run.traceId);
      if (index === 0) assert.equal(run.traceId, traceId);
      assert.equal(run.attributes['talaria.run.attempt'], 2);
      const call = collector.spans.find(({ name, parentId }) => name === 'chat any' && parentId === run.spanId);
      assert.equal(call?.traceId, run.traceId);
    }
    // Both executions of the run called the model in its trace.
    const inTrace = answers(upstream).filter(({ headers }) => String(headers['traceparent']).includes(traceId));
    assert.equal(inTrace.length, 2);
  });
});

const pick = ({ attributes }: ReceivedSpan, names: string[]) => names.map((name) => attributes[name]);
const eventsOf = ({ attributes }: ReceivedSpan): number => Number(attributes['gen_ai.usage.input_tokens'] ?? 0);
