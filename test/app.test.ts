import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { createAgents } from '../src/agent/create-agents.ts';
import { McpServers } from '../src/agent/mcp/mcp-servers.ts';
import { createApp } from '../src/app.ts';
import { toConfig } from '../src/config/config.ts';
import { readEnvironment } from '../src/config/env.ts';
import { loadContract } from '../src/contract/load-contract.ts';
import type { Handlers } from '../src/contract/operations.ts';
import { createBodySlots } from '../src/http/body/create-body-slots.ts';
import { createHandlers } from '../src/http/create-handlers.ts';
import { createLog } from '../src/log.ts';
import { SchemaChecker } from '../src/schemas/schema-checker.ts';
import { createSealer } from '../src/seal/seal.ts';
import { openStore } from '../src/store/open-store.ts';
import { startTelemetry } from '../src/telemetry/start-telemetry.ts';
import { Tenants } from '../src/tenants/tenants.ts';
import { createRuns, plainSettings } from './helpers/create-runs.ts';
import { toBatches } from './helpers/event-batches.ts';
import { envelope, send } from './http/send.ts';
import { dataOf } from './http/stream-reader.ts';

interface AppServer extends AsyncDisposable {
  url: string;
}

/** The application with some of its handlers replaced, to see what it makes of a handler's mistakes. */
async function serve(settings: Record<string, string>, replaced: Partial<Handlers>): Promise<AppServer> {
  await using stack = new AsyncDisposableStack();
  const config = toConfig(readEnvironment({ STORE_URL: 'memory:', ...settings }));
  const log = createLog('silent');
  const contract = loadContract();
  const store = stack.use(await openStore(config.store));
  const agents = stack.use(createAgents(config.agents, log, stack.use(new SchemaChecker(config.schemas, log))));
  const tenants = new Tenants(config.tenancy);
  const handlers = createHandlers({
    agent: agents.all,
    agents: [],
    liveRuns: { refresh: async () => {}, stop: () => false },
    agentOf: () => agents.all,
    store,
    sealer: createSealer(await store.secret('seal')),
    runs: createRuns(store),
    log,
    ...plainSettings,
    tenants,
    mcpServers: stack.use(new McpServers(config.mcp, { version: '1', log })),
    version: '1',
    rules: new Map(),
    isWorker: false,
    isDraining: () => false,
  });
  const bodySlots = createBodySlots(config.bodies);
  const shutdown = new AbortController().signal;
  const { watchRequest, metrics } = stack.use(await startTelemetry(config, { version: '1', log }));
  const app = createApp({
    config,
    tenants,
    contract,
    handlers: { ...handlers, ...replaced },
    log,
    bodySlots,
    watchRequest,
    metrics,
    shutdown,
  });
  const server = createServer(app.messages, app.listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stack.defer(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  const parts = stack.move();
  return { url: `http://127.0.0.1:${address.port}`, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}

const internal = envelope(
  'internal_error',
  'The server had an error while processing the request.',
  null,
  'server_error',
);
const url = '/v1/chat/completions';
const body = { messages: [{ role: 'user', content: 'Hi' }], stream: true };

// JSON, since the compiler would refuse the value.
const wrongHealth: Handlers['getHealth'] = async () => ({
  kind: 'json',
  status: 200,
  body: JSON.parse('{"status":1}'),
});
const wrongChunks: Handlers['createChatCompletion'] = async () => ({
  kind: 'stream',
  events: toBatches([[JSON.parse('{"object":"chat.completion.chunk"}')]]),
});

test('with VALIDATE_OUTPUT=1 a body that breaks the contract becomes a 500, not a wrong 200', async () => {
  await using server = await serve({ VALIDATE_OUTPUT: '1' }, { getHealth: wrongHealth });
  const reply = await send(`${server.url}/health`);
  assert.equal(reply.status, 500);
  assert.deepEqual(reply.json, internal);
});

test('with VALIDATE_OUTPUT=1 a stream whose first event breaks the contract becomes a 500 too', async () => {
  await using server = await serve({ VALIDATE_OUTPUT: '1' }, { createChatCompletion: wrongChunks });
  const reply = await send(server.url + url, { body });
  assert.equal(reply.status, 500);
  assert.deepEqual(reply.json, internal);
});

test('without it nothing is checked on the way out', async () => {
  await using server = await serve({}, { getHealth: wrongHealth, createChatCompletion: wrongChunks });
  assert.equal((await send(`${server.url}/health`, { contract: false })).text, '{"status":1}');
  const reply = await send(server.url + url, { body });
  assert.deepEqual(dataOf(reply.text), ['{"object":"chat.completion.chunk"}', '[DONE]']);
});

test('an unexpected error of a handler is a 500 without its details', async () => {
  const getHealth = async () => {
    throw new TypeError('secret-path is undefined');
  };
  await using server = await serve({}, { getHealth });
  const reply = await send(`${server.url}/health`);
  assert.equal(reply.status, 500);
  assert.deepEqual(reply.json, internal);
});
