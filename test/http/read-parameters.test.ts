import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import OpenAI from 'openai';
import { createApp } from '../../src/app.ts';
import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { loadContract } from '../../src/contract/load-contract.ts';
import type { Handlers } from '../../src/contract/operations.ts';
import { createBodySlots } from '../../src/http/body/create-body-slots.ts';
import { createLog } from '../../src/log.ts';
import { startTelemetry } from '../../src/telemetry/start-telemetry.ts';
import { Tenants } from '../../src/tenants/tenants.ts';
import { envelope, send } from './send.ts';

/** Replies with the input of the handler. */
interface Seen {
  operation: string;
  query: Record<string, unknown>;
  body: unknown;
}

const contract = loadContract();
const entries = contract.operations.map(({ operationId }) => [
  operationId,
  async ({ query, body }: Pick<Seen, 'query' | 'body'>) => ({
    kind: 'json',
    status: 200,
    body: { operation: operationId, query, body },
  }),
]);
// Not replies of the contract, on purpose: they show what the handler saw.
const handlers = Object.fromEntries(entries) as unknown as Handlers;

describe('the input of a handler', () => {
  let server: Server;
  let url: string;
  let openai: OpenAI;

  before(async () => {
    const config = toConfig(readEnvironment({ API_SERVER_PORT: '0', LOG_LEVEL: 'silent', VALIDATE_OUTPUT: '0' }));
    const shutdown = new AbortController().signal;
    const tenants = new Tenants(config.tenancy);
    const bodySlots = createBodySlots(config.bodies);
    const log = createLog(config.logLevel);
    const { watchRequest, metrics } = await startTelemetry(config, { version: '1', log });
    const app = createApp({ config, tenants, contract, handlers, log, bodySlots, watchRequest, metrics, shutdown });
    server = createServer(app.messages, app.listener);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    // An address is a string only for a pipe.
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0 });
  });
  after(async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  });

  const see = async (path: string, options: Parameters<typeof send>[1] = {}): Promise<Seen> => {
    const { status, json, text } = await send(url + path, { ...options, contract: false });
    assert.equal(status, 200, text);
    // The handlers above send nothing else.
    return json as Seen;
  };

  test('has a limit as a number and an order as a string, and omits parameters that were not sent', async () => {
    const { operation, query } = await see('/v1/conversations/conv_a/items?limit=5&order=asc&after=a:b/c');
    assert.equal(operation, 'listConversationItems');
    assert.deepEqual(query, { limit: 5, order: 'asc', after: 'a:b/c' });
    assert.deepEqual((await see('/v1/conversations/conv_a/items')).query, {});
  });

  for (const [query, param] of [
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=few', 'limit'],
    ['order=up', 'order'],
  ]) {
    test(`?${query} is a 400 that names the parameter`, async () => {
      const reply = await send(`${url}/v1/responses/resp_a/input_items?${query}`);
      assert.equal(reply.status, 400);
      assert.partialDeepStrictEqual(reply.json, { error: { code: 'invalid_value', param } });
    });
  }

  test('one and several `include` are a list, with brackets as the SDK writes them and without', async () => {
    const include = ['reasoning.encrypted_content', 'message.output_text.logprobs'] as const;
    for (const name of ['include', 'include[]', 'include%5B%5D']) {
      const one = await see(`/v1/responses/resp_a/input_items?${name}=${include[0]}`);
      assert.deepEqual(one.query['include'], [include[0]], name);
      const two = await see(`/v1/responses/resp_a/input_items?${name}=${include[0]}&${name}=${include[1]}`);
      assert.deepEqual(two.query['include'], include, name);
    }
    // The reply is the record of what was seen, whatever the SDK takes it for.
    const seen = (await openai.responses.retrieve('resp_a', { include: [...include] })) as unknown as Seen;
    assert.deepEqual(seen.query['include'], include);
  });

  test('metadata to filter by arrives whole, whatever characters it has', async () => {
    const metadata = { topic: 'weather', 'two words': 'a&b+c%d=e', 'dotted.key': '[x]' };
    const query = Object.entries(metadata).map(([key, value]): [string, string] => [`metadata[${key}]`, value]);
    const seen = await see(`/v1/chat/completions?${new URLSearchParams(query)}&model=llama3.2:3b`);
    assert.deepEqual(seen.query, { metadata, model: 'llama3.2:3b' });
    const page = await openai.chat.completions.list({ metadata });
    assert.deepEqual((page as unknown as { body: Seen }).body.query, { metadata });
  });

  for (const query of ['metadata=weather', 'metadata[a][b]=c', 'metadata[a]=1&metadata[a]=2']) {
    test(`?${query} is a 400`, async () => {
      const reply = await send(`${url}/v1/chat/completions?${query}`);
      assert.equal(reply.status, 400);
      assert.partialDeepStrictEqual(reply.json, { error: { code: 'invalid_value' } });
    });
  }

  test('an omitted optional body is an empty object', async () => {
    for (const path of ['/v1/conversations', '/v1/responses/input_tokens']) {
      assert.deepEqual((await see(path, { method: 'POST' })).body, {});
      assert.deepEqual((await see(path, { method: 'POST', headers: { 'content-length': 0 } })).body, {});
      const chunked = [Buffer.from('{"metadata":'), Buffer.from('null}')];
      assert.deepEqual((await see(path, { body: chunked })).body, { metadata: null });
    }
  });

  test('an omitted required body is refused', async () => {
    const reply = await send(`${url}/v1/responses/compact`, { method: 'POST' });
    assert.equal(reply.status, 415);
  });

  test('a fixed path wins over `/{response_id}`, also with an unsupported method', async () => {
    assert.equal((await see('/v1/responses/input_tokens', { body: {} })).operation, 'countInputTokens');
    assert.equal((await see('/v1/responses/compact', { body: {} })).operation, 'compactResponse');
    for (const path of ['/v1/responses/input_tokens', '/v1/responses/compact']) {
      const reply = await send(url + path, { contract: false });
      assert.equal(reply.status, 405);
      assert.equal(reply.headers.allow, 'POST');
      assert.deepEqual(
        reply.json,
        envelope('method_not_allowed', 'Method GET is not allowed here. Expected one of: POST.'),
      );
    }
  });
});
