import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createClient } from '../../scripts/sdk/typescript/create-client.ts';
import { collect } from './collect.ts';
import { sendEvents, sendJson, startScriptedServer } from './scripted-server.ts';

const response = { id: 'resp_1' };
const created = { type: 'response.created', sequence_number: 0, response };
const progress = { type: 'response.in_progress', sequence_number: 1, response };
const deltas = [2, 3].map((number) => ({ type: 'response.output_text.delta', sequence_number: number, delta: 'a' }));
const completed = { type: 'response.completed', sequence_number: 4, response };
const all = [created, progress, ...deltas, completed];
const body = { input: 'Hello!', background: true };
const quick = { reconnectDelay: 1 };

describe('the stream of a background response', () => {
  test('resumes after the last received event when the connection breaks, each event once', async () => {
    await using server = await startScriptedServer(
      sendEvents([created, progress], 'break'),
      sendEvents([], 'break'),
      sendEvents([progress, ...deltas], 'done'),
    );
    const client = createClient({ baseUrl: server.url });
    const events = await collect(client.stream('createResponse', { body, ...quick }));
    assert.deepEqual(events, [created, progress, ...deltas]);
    const again = 'GET /v1/responses/resp_1?starting_after=1&stream=true';
    assert.deepEqual(server.requests, ['POST /v1/responses', again, again]);
  });

  test('can be resumed later, from the start or after an event, up to the terminal event', async () => {
    await using server = await startScriptedServer(sendEvents(all, 'stay'), sendEvents(all.slice(3), 'done'));
    const client = createClient({ baseUrl: server.url });
    assert.deepEqual(await collect(client.resume('resp_1')), all);
    assert.deepEqual(await collect(client.resume('resp_1', { startingAfter: 2 })), all.slice(3));
    assert.deepEqual(server.requests, [
      'GET /v1/responses/resp_1?stream=true',
      'GET /v1/responses/resp_1?starting_after=2&stream=true',
    ]);
  });

  test('retries while a server restarts, but not after a refusal', async () => {
    await using server = await startScriptedServer(
      sendEvents([created], 'break'),
      sendJson(503, { error: { message: 'later', type: 'server_error', param: null, code: 'store_unavailable' } }),
      sendJson(404, {
        error: { message: 'gone', type: 'invalid_request_error', param: null, code: 'response_not_found' },
      }),
    );
    const events = createClient({ baseUrl: server.url }).stream('createResponse', { body, ...quick });
    await assert.rejects(collect(events), { status: 404, code: 'response_not_found' });
    assert.equal(server.requests.length, 3);
  });

  test('gives up after the configured number of consecutive attempts', async () => {
    const broken = Array.from({ length: 9 }, () => sendEvents([], 'break'));
    await using server = await startScriptedServer(sendEvents([created], 'break'), ...broken);
    const client = createClient({ baseUrl: server.url });
    const events = client.stream('createResponse', { body, ...quick, maxReconnects: 2 });
    await assert.rejects(collect(events), { code: 'stream_interrupted' });
    assert.equal(server.requests.length, 3);
  });

  test('is not restarted if it broke before the response had an ID', async () => {
    await using server = await startScriptedServer(sendEvents([], 'break'));
    const events = createClient({ baseUrl: server.url }).stream('createResponse', { body, ...quick });
    await assert.rejects(collect(events), { code: 'stream_interrupted' });
    assert.equal(server.requests.length, 1);
  });

  test('stops waiting for the next attempt when cancelled', async () => {
    await using server = await startScriptedServer(sendEvents([created], 'break'));
    const reason = new Error('enough');
    const controller = new AbortController();
    const { signal } = controller;
    const events = createClient({ baseUrl: server.url }).stream('createResponse', {
      body,
      signal,
      reconnectDelay: 60_000,
    });
    assert.equal((await events.next()).done, false);
    const next = events.next();
    setTimeout(() => controller.abort(reason), 100);
    await assert.rejects(next, reason);
    assert.equal(server.requests.length, 1);
  });
});
