import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import OpenAI, { AuthenticationError, NotFoundError, RateLimitError } from 'openai';
import { createClient, startTalaria, type TestServer } from '../helpers/talaria.ts';
import { agentRefusals, chatRefusals, type ErrorClass, type Expected, responseRefusals } from './error-cases.ts';

const key = 'sk-test-0123456789';
const model = 'any-name';

describe('errors as the openai package reads them', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria({ API_SERVER_KEY: key });
  });
  after(() => server[Symbol.asyncDispose]());

  for (const { name, body, ...expected } of chatRefusals) {
    it(`refuses a chat completion with ${name}`, async () => {
      // The SDK's types forbid these bodies; its users' programs do not.
      const sent = { model, ...body } as OpenAI.ChatCompletionCreateParamsNonStreaming;
      await assert.rejects(server.openai.chat.completions.create(sent), matches(expected));
      await assert.rejects(server.openai.chat.completions.create({ ...sent, stream: true }), matches(expected));
    });
  }

  for (const { name, body, ...expected } of responseRefusals) {
    it(`refuses a response with ${name}`, async () => {
      // As above.
      const sent = { model, ...body } as OpenAI.Responses.ResponseCreateParamsNonStreaming;
      await assert.rejects(server.openai.responses.create(sent), matches(expected));
      await assert.rejects(server.openai.responses.create({ ...sent, stream: true }), matches(expected));
    });
  }

  for (const { upstream, ...expected } of agentRefusals) {
    it(`maps an agent's answer ${upstream}`, async () => {
      const script = `/status ${upstream} retry-after 2`;
      const messages = [{ role: 'user' as const, content: script }];
      const { chat, responses } = server.openai;
      await assert.rejects(chat.completions.create({ model, messages }), matches(expected));
      await assert.rejects(chat.completions.create({ model, messages, stream: true }), matches(expected));
      await assert.rejects(responses.create({ model, input: script }), matches(expected));
      await assert.rejects(responses.create({ model, input: script, stream: true }), matches(expected));
    });
  }

  it("passes a limited agent's Retry-After to the client", async () => {
    await assert.rejects(server.openai.responses.create({ model, input: '/status 429 retry-after 7' }), (error) => {
      assert.ok(error instanceof RateLimitError);
      assert.equal(error.headers.get('retry-after'), '7');
      return true;
    });
  });

  it('refuses a wrong key and a missing one, on every operation but the probes', async () => {
    const expected = { is: AuthenticationError, status: 401, code: 'invalid_api_key', param: null };
    const { chat, models, responses } = createClient(server.url, 'sk-wrong');
    const messages = [{ role: 'user' as const, content: 'Hello' }];
    await assert.rejects(chat.completions.create({ model, messages }), matches(expected));
    await assert.rejects(responses.create({ model, input: 'Hello', stream: true }), matches(expected));
    await assert.rejects(responses.retrieve('resp_0'), matches(expected));
    await assert.rejects(responses.delete('resp_0'), matches(expected));
    await assert.rejects(async () => await models.list(), matches(expected));
    await assert.rejects(models.retrieve('offline'), matches(expected));
    const keyless = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'x', defaultHeaders: { authorization: null } });
    await assert.rejects(keyless.responses.create({ model, input: 'Hello' }), matches(expected));
  });

  it('answers 404 for ids that are unknown or no ids at all', async () => {
    const expected = { is: NotFoundError, status: 404, code: 'response_not_found', param: 'response_id' };
    for (const id of [`resp_${'0'.repeat(32)}`, 'resp_', 'x', '../models', 'ä %2f']) {
      await assert.rejects(server.openai.responses.retrieve(id), matches(expected));
      await assert.rejects(server.openai.responses.delete(id), matches(expected));
    }
  });

  it('names the request in every error', async () => {
    await assert.rejects(server.openai.responses.retrieve('x'), (error) => {
      assert.ok(error instanceof NotFoundError);
      assert.match(error.requestID ?? '', /^req_[0-9a-f]{32}$/);
      return true;
    });
  });
});

function matches(expected: Omit<Expected, 'is'> & { is: ErrorClass | typeof AuthenticationError }) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof expected.is, `${error}`);
    assert.equal(error.status, expected.status);
    assert.equal(error.code, expected.code);
    assert.equal(error.type, expected.type ?? 'invalid_request_error');
    if (expected.param !== undefined) assert.equal(error.param, expected.param);
    if (expected.message) assert.match(error.message, expected.message);
    return true;
  };
}
