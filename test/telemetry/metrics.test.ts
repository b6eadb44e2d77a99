import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { describeStartError } from '../../src/cli/describe-start-error.ts';
import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { limits } from '../../src/config/limits.ts';
import { ApiError } from '../../src/errors/api-error.ts';
import { createResponseId } from '../../src/ids.ts';
import { Metrics } from '../../src/telemetry/metrics/metrics.ts';
import { toCulprit } from '../../src/telemetry/metrics/to-culprit.ts';
import { findFreePort } from '../helpers/find-free-port.ts';
import { startMcpServer } from '../helpers/mcp/http-server.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { startUpstream } from '../helpers/upstream.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { writeConfig } from '../helpers/write-config.ts';
import { parseMetrics, readMetrics, sumOf } from './read-metrics.ts';

const doc = (name: string) => readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

async function refusesPost(url: string): Promise<void> {
  const response = await fetch(url, { method: 'POST' });
  assert.deepEqual([response.status, response.headers.get('allow')], [405, 'GET, HEAD']);
  const { error } = (await response.json()) as { error: { code: string } };
  assert.equal(error.code, 'method_not_allowed');
}

describe('/metrics', () => {
  test('counts requests, runs, calls, tokens, approvals and the store', async () => {
    await using stack = new AsyncDisposableStack();
    const upstream = stack.use(await startUpstream());
    const tools = stack.use(await startMcpServer());
    const server = { url: tools.url, require_approval: { never: ['echo'] } };
    const config = stack.use(
      writeConfig(
        JSON.stringify({
          agents: { main: { url: upstream.url, models: ['test-model'], retries: 1, mcp_servers: ['tools'] } },
          mcp_servers: { tools: server },
        }),
      ),
    );
    const talaria = stack.use(await startTalaria({ TALARIA_CONFIG: config.path }));
    const { responses, chat } = talaria.openai;
    const model = 'test-model';
    const plain = await responses.create({ model, input: 'say hello' });
    await chat.completions.create({ model, messages: [{ role: 'user', content: 'say hi' }] });
    await responses.create({ model, input: 'tool tools__echo {"text":"a"}' });
    await assert.rejects(responses.create({ model, input: 'status 503' }));
    const asked = await responses.create({ model, input: 'tool tools__fail {}' });
    const [request] = asked.output.filter(({ type }) => type === 'mcp_approval_request');
    await responses.create({
      model,
      previous_response_id: asked.id,
      input: [{ type: 'mcp_approval_response', approval_request_id: request?.id ?? '', approve: true }],
    });
    await fetch(`${talaria.url}/v1/nothing`);

    const metrics = await readMetrics(talaria.url);
    const value = (name: string, labels?: Record<string, string>) => sumOf(metrics, `talaria_${name}`, labels);
    assert.equal(value('http_requests_total', { operation: 'createResponse', status: '2xx' }), 4);
    assert.equal(value('http_requests_total', { operation: 'createResponse', status: '5xx' }), 1);
    assert.equal(value('http_requests_total', { operation: 'none', status: '4xx' }), 1);
    assert.equal(value('http_request_duration_seconds_count', { operation: 'createChatCompletion' }), 1);
    assert.equal(value('runs_ended_total', { kind: 'response', agent: 'main', outcome: 'completed' }), 4);
    assert.equal(value('runs_ended_total', { kind: 'chat.completion', outcome: 'completed' }), 1);
    assert.equal(value('runs_ended_total', { outcome: 'failed', error: 'agent' }), 1);
    assert.equal(value('runs_ended_total', { outcome: 'failed' }), 1);
    assert.equal(value('tenant_runs_total', { tenant: 'default' }), 6);
    assert.equal(value('runs'), 0, 'nothing runs');
    assert.equal(value('run_duration_seconds_count'), 6);
    assert.equal(value('run_first_token_seconds_count'), 5);
    assert.ok(value('tokens_total', { model, direction: 'input' }) >= (plain.usage?.input_tokens ?? 1));
    assert.ok(value('tokens_total', { model, direction: 'output' }) > 0);
    assert.equal(value('tokens_total', { model: 'other' }), 0);
    assert.equal(value('model_call_duration_seconds_count', { agent: 'main' }), 7);
    assert.equal(value('model_call_errors_total', { agent: 'main', code: 'upstream_error' }), 1);
    assert.equal(value('model_call_retries_total', { agent: 'main', code: 'upstream_error' }), 1);
    assert.equal(value('run_failures_total', { code: 'upstream_error' }), 1);
    assert.equal(value('tool_calls_total', { server: 'tools', outcome: 'ok' }), 1);
    assert.equal(value('tool_calls_total', { server: 'tools', outcome: 'error' }), 1);
    assert.deepEqual(
      ['asked', 'approved', 'denied'].map((event) => value('approvals_total', { event })),
      [1, 1, 0],
    );
    assert.ok(value('store_call_duration_seconds_count', { part: 'responses', method: 'put' }) >= 4);
    assert.equal(value('run_slots'), limits.runsAtOnce);
    assert.equal(value('lease_seconds'), 15);
    assert.ok(value('lease_age_seconds') < 15);
    for (const name of [
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_p99_seconds',
      'nodejs_heap_size_used_bytes',
    ])
      assert.ok(metrics.has(name), name);
  });

  test('distinguishes the failures of clients from those of the agent and the server', () => {
    const cause = new Error('the upstream answered 429');
    const errors: [ApiError | undefined, string][] = [
      [new ApiError('model_not_found', ''), 'client'],
      [new ApiError('rate_limit_exceeded', ''), 'client'],
      [new ApiError('run_stopped', ''), 'client'],
      [new ApiError('rate_limit_exceeded', '', { cause }), 'agent'],
      [new ApiError('upstream_error', '', { status: 401 }), 'agent'],
      [new ApiError('mcp_server_error', ''), 'agent'],
      [new ApiError('store_unavailable', ''), 'server'],
      [undefined, 'server'],
    ];
    for (const [error, culprit] of errors) assert.equal(toCulprit(error), culprit, error?.code);
  });

  test('learns the models of an agent at a scrape', async () => {
    await using upstream = await startUpstream();
    await using talaria = await startTalaria({ AGENT_URL: upstream.url });
    await readMetrics(talaria.url);
    await waitUntil(() => upstream.requests.some(({ path }) => path === '/v1/models'), 'the list');
    const ask = async (model: string) => {
      await talaria.openai.responses.create({ model, input: 'say hello' });
      return sumOf(await readMetrics(talaria.url), 'talaria_tokens_total', { model });
    };
    await waitUntil(async () => (await ask('other-model')) > 0, 'the name of the model');
    assert.equal(await ask('unlisted'), 0);
  });

  test('names of clients add no series', async () => {
    const config = toConfig(readEnvironment({ STORE_URL: 'memory:' }));
    const metrics = new Metrics(config, '1');
    const run = (index: number) => {
      const facts = { run: createResponseId(), tenant: `tenant-${index}`, model: `model-${index}` };
      const watch = metrics.watchRun({ facts, stop() {} });
      watch.began?.();
      const [server, tool, callId] = [`server-${index}`, `tool-${index}`, 'c1'];
      for (const isOfRequest of [true, false])
        watch.toolCalled?.({ server, tool, callId, isOfRequest, args: {} })?.ended({});
      watch.ended({ outcome: 'completed', inputTokens: 1, outputTokens: 1 }, { milliseconds: 1, firstTokenMs: 1 });
    };
    const count = async () =>
      [...parseMetrics(await metrics.read()).values()]
        .flatMap(({ samples }) => samples)
        .filter(({ name }) => name.startsWith('talaria_')).length;
    for (let index = 0; index < 200; index++) run(index);
    const before = await count();
    for (let index = 200; index < 10_000; index++) run(index);
    assert.equal(await count(), before);
    assert.ok(before < 1000, `${before} series`);
    const families = parseMetrics(await metrics.read());
    assert.equal(sumOf(families, 'talaria_tokens_total', { model: 'other' }), 20_000);
    assert.equal(sumOf(families, 'talaria_tool_calls_total', { server: 'request' }), 20_000);
    assert.equal(sumOf(families, 'talaria_tenant_runs_total', { tenant: 'other' }), 9900);
  });

  test('is for operators of the server', async () => {
    const keys = { API_SERVER_KEY: 'sk-tenant', API_SERVER_OPERATOR_KEY: 'sk-operator' };
    await using talaria = await startTalaria(keys);
    const get = async (key?: string) => {
      const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
      const response = await fetch(`${talaria.url}/metrics`, { headers });
      return [
        response.status,
        response.ok ? undefined : ((await response.json()) as { error: { code: string } }).error.code,
      ];
    };
    assert.deepEqual(await get(), [401, 'invalid_api_key']);
    assert.deepEqual(await get('sk-unknown'), [401, 'invalid_api_key']);
    assert.deepEqual(await get('sk-tenant'), [403, 'operator_required']);
    assert.deepEqual(await get('sk-operator'), [200, undefined]);
    await refusesPost(`${talaria.url}/metrics`);
  });

  test('is served without a key on a port of its own', async () => {
    const port = await findFreePort();
    const settings = { API_SERVER_KEY: 'sk-tenant', METRICS_PORT: `${port}` };
    await using _talaria = await startTalaria(settings);
    const url = `http://127.0.0.1:${port}`;
    assert.equal(sumOf(await readMetrics(url), 'talaria_build_info'), 1);
    assert.equal((await fetch(`${url}/v1/models`)).status, 404);
    await refusesPost(`${url}/metrics`);
    const error = await startTalaria(settings).catch(describeStartError);
    assert.equal(error, `Talaria could not start: 127.0.0.1:${port} is in use. Set METRICS_PORT to a free port.`);
  });

  test('sums worker processes, whichever process is asked, and keeps the counters of a dead one', async () => {
    const child = fork(fileURLToPath(new URL('count-in-workers.ts', import.meta.url)));
    try {
      const [texts] = await once(child, 'message');
      for (const text of texts) {
        const metrics = parseMetrics(text);
        assert.equal(sumOf(metrics, 'talaria_runs_ended_total', { outcome: 'completed' }), 3);
        assert.equal(sumOf(metrics, 'talaria_build_info'), 1);
        assert.ok(sumOf(metrics, 'process_resident_memory_bytes') > 10_000_000);
      }
      assert.equal(texts.length, 4);
      // The counters of the dead worker stay, its gauges do not.
      const memory = texts.map((text: string) => sumOf(parseMetrics(text), 'process_resident_memory_bytes'));
      assert.ok(memory[2] < 0.75 * memory[1] && memory[3] < 0.75 * memory[1], memory.join());
      const [, , dead, later] = texts.map((text: string) => sumOf(parseMetrics(text), 'process_cpu_seconds_total'));
      assert.ok(later >= dead);
    } finally {
      child.kill();
    }
  });

  test('has every metric of the documentation and of the dashboard, and no other', async () => {
    await using talaria = await startTalaria({ STORE_URL: 'memory:' });
    const names = [...(await readMetrics(talaria.url)).keys()];
    // The pool of connections belongs to PostgreSQL.
    const own = [...names.filter((name) => name.startsWith('talaria_')), 'talaria_store_connections'];
    const documented = [...(await doc('monitoring.md')).matchAll(/^\| `(talaria_\w+)` \|/gm)].map(([, name]) => name);
    assert.deepEqual(documented.toSorted(), own.toSorted());

    const dashboard = JSON.parse(await doc('grafana/talaria.json'));
    const queries: string[] = dashboard.panels.flatMap(({ targets = [] }: { targets?: { expr: string }[] }) =>
      targets.map(({ expr }) => expr),
    );
    assert.ok(queries.length > 10);
    const known = new Set([...own, ...names]);
    for (const query of queries) {
      const used = [...query.matchAll(/\b(?:talaria|process|nodejs)_\w+/g)].map(([name]) => name);
      assert.ok(used.length > 0, query);
      for (const name of used) assert.ok(known.has(name.replace(/_(bucket|sum|count)$/, '')) || known.has(name), name);
    }
    assert.match(dashboard.uid, /^talaria/);
  });
});
