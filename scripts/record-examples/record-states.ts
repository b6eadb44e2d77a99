import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../../src/config/limits.ts';
import { hashApproval } from '../../src/runs/approvals.ts';
import type { Server } from '../../src/server.ts';
import { openStore } from '../../src/store/open-store.ts';
import { decodeEvents } from './decode-events.ts';
import type { Recorder } from './recorder.ts';
import { unknownId } from './stabilise.ts';

export type Start = (settings: Record<string, string>) => Promise<Server>;

const responses = '/v1/responses';
const body = { input: 'Hello!' };

/** Records replies that depend on the server's state. Each has a server of its own. */
export async function recordStates(recorder: Recorder, start: Start): Promise<void> {
  await recordKeyError(recorder, start);
  await withStoreFile((file) => recordExpiry(recorder, start, file));
  await withStoreFile((file) => recordExpiredApproval(recorder, start, file));
  await withStoreFile((file) => recordFault(recorder, start, file));
  await withStoreFile((file) => recordLostStore(recorder, start, file));
  await recordContextLength(recorder, start);
  await recordStop(recorder, start);
}

async function recordKeyError(recorder: Recorder, start: Start): Promise<void> {
  await using server = await start({ API_SERVER_KEY: 'the-right-key' });
  const { url } = server;
  await recorder.record('ErrorApiKey', '/v1/models', { url, headers: { authorization: 'Bearer wrong' } });
  await recorder.record('ErrorOperator', '/admin/v1/runs', { url, headers: { authorization: 'Bearer the-right-key' } });
}

async function withStoreFile(action: (file: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'talaria-recording-'));
  try {
    await action(join(directory, 'talaria.db'));
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function recordExpiry(recorder: Recorder, start: Start, file: string): Promise<void> {
  await using server = await start({ STORE_URL: `sqlite:${file}` });
  const { url } = server;
  const { text } = await recorder.send(responses, { url, body: { ...body, stream: true } });
  const path = `${responses}/${decodeEvents(text)[0]?.response?.id}?stream=true`;
  await expireEvents(file);
  await recorder.record('ErrorStreamExpired', path, { url });
}

/** Expires the event logs, as the server does after a day. */
async function expireEvents(file: string): Promise<void> {
  await using store = await openStore({ kind: 'sqlite', file });
  const now = Math.floor(Date.now() / 1000);
  await store.reap({ now, logsBefore: now + 60, limit: 10 });
}

/** Answers an approval request whose time is up. */
async function recordExpiredApproval(recorder: Recorder, start: Start, file: string): Promise<void> {
  await using store = await openStore({ kind: 'sqlite', file });
  const [runId, id] = [`resp_${unknownId}` as const, `mcpr_${unknownId}`];
  const call = { name: 'write_file', arguments: '{}' };
  const request = { id, type: 'mcp_approval_request', server_label: 'files', ...call };
  const origin = { tenant: 'default', parentId: undefined, conversationId: undefined, sessionId: 'sess_1' };
  const resource = { model: 'offline', status: 'completed' };
  await store.responses.put({ id: runId, ...origin, createdAt: 0, input: [], output: [request], resource });
  const hash = hashApproval({ server: { label: 'files' }, tool: call.name, arguments: call.arguments });
  await store.approvals.ask({ tenant: 'default', id, runId, hash, createdAt: 0, expiresAt: 1 });
  await using server = await start({ STORE_URL: `sqlite:${file}` });
  const answer = { url: server.url, body: { approve: true } };
  await recorder.record('ErrorApprovalExpired', `/admin/v1/approvals/${id}/answer`, answer);
}

/** Causes an internal error: the stored response is invalid, and output validation fails. No request can do that. */
async function recordFault(recorder: Recorder, start: Start, file: string): Promise<void> {
  await using store = await openStore({ kind: 'sqlite', file });
  const id = `resp_${unknownId}` as const;
  const origin = { parentId: undefined, conversationId: undefined, sessionId: 'sess_1' };
  await store.responses.put({ id, tenant: 'default', ...origin, createdAt: 0, input: [], output: [], resource: {} });
  await using server = await start({ STORE_URL: `sqlite:${file}`, VALIDATE_OUTPUT: '1' });
  await recorder.record('ErrorInternal', `${responses}/${id}`, { url: server.url });
}

async function recordLostStore(recorder: Recorder, start: Start, file: string): Promise<void> {
  await using server = await start({ STORE_URL: `sqlite:${file}` });
  await rm(file);
  // The server checks at this interval whether its file exists.
  await delay(2 * limits.sqliteLookMs);
  await recorder.record('ErrorStore', responses, { url: server.url, body });
}

async function recordContextLength(recorder: Recorder, start: Start): Promise<void> {
  const error = { message: "This model's maximum context length is 8192 tokens.", code: 'context_length_exceeded' };
  await using agent = await startAgent((_request, response) => {
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { ...error, type: 'invalid_request_error', param: 'messages' } }));
  });
  await using server = await start({ AGENT_URL: agent.url, AGENT_MODEL: 'small' });
  await recorder.record('ErrorContextLength', responses, { url: server.url, body });
}

/** Stops the server while the agent hasn't answered. */
async function recordStop(recorder: Recorder, start: Start): Promise<void> {
  const asked = Promise.withResolvers<void>();
  await using agent = await startAgent(() => asked.resolve());
  await using server = await start({ AGENT_URL: agent.url, AGENT_MODEL: 'slow' });
  const recorded = recorder.record('ErrorStopping', responses, { url: server.url, body });
  await asked.promise;
  await server[Symbol.asyncDispose]();
  await recorded;
}

async function startAgent(listener: RequestListener): Promise<AsyncDisposable & { url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The agent has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
