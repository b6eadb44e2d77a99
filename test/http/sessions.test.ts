import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { post, startTalaria, type TestServer } from '../helpers/talaria.ts';
import { startUpstream, type Upstream } from '../helpers/upstream.ts';

const model = 'test-model';

describe('the session of a request', () => {
  let upstream: Upstream;
  let server: TestServer;
  let answered: Record<string, string> = {};
  before(async () => {
    upstream = await startUpstream({
      answer: (_request, response) => {
        for (const [name, value] of Object.entries(answered)) response.setHeader(name, value);
        return false;
      },
    });
    server = await startTalaria({ AGENT_URL: upstream.url });
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await upstream[Symbol.asyncDispose]();
  });

  const received = (name = 'x-session-id') => upstream.requests.at(-1)?.headers[name];
  const chat = async (headers: Record<string, string>, fields: object = {}, content = 'hi') => {
    const body = { model, messages: [{ role: 'user', content }], ...fields };
    const reply = await post(`${server.url}/v1/chat/completions`, body, headers);
    await reply.text();
    return reply;
  };
  const respond = (fields: object, headers: Record<string, string> = {}) =>
    server.openai.responses.create({ model, input: 'hi', ...fields }, { headers });

  it('is the same for all turns of a chain, under both headers', async () => {
    const first = await respond({});
    const session = received();
    assert.match(`${session}`, /^sess_/);
    assert.equal(received('x-hermes-session-id'), session);
    await respond({ previous_response_id: first.id });
    assert.equal(received(), session);
    assert.equal(received('x-hermes-session-id'), session);
    await respond({});
    assert.notEqual(received(), session);
  });

  it('is named by the first of the headers and prompt_cache_key', async () => {
    const names = ['X-Session-Id', 'X-Hermes-Session-Id', 'X-OpenWebUI-Chat-Id'];
    const sessionOf = async (headers: Record<string, string>, fields: object = {}) => {
      await chat(headers, fields);
      return received();
    };
    const same = await sessionOf({ 'X-Session-Id': 'a' });
    for (const [index, name] of names.entries()) {
      const later = Object.fromEntries(names.slice(index + 1).map((other) => [other, 'b']));
      assert.equal(await sessionOf({ [name]: 'a', ...later }, { prompt_cache_key: 'c' }), same, name);
    }
    assert.equal(await sessionOf({}, { prompt_cache_key: 'a' }), same);
    assert.equal(await sessionOf({ 'X-Session-Id': '' }, { prompt_cache_key: 'a' }), same);
    await respond({ prompt_cache_key: 'a' });
    assert.equal(received(), same);
    await respond({}, { 'X-OpenWebUI-Chat-Id': 'a' });
    assert.equal(received(), same);
  });

  it('differs for chats that name none', async () => {
    await chat({});
    const session = received();
    await chat({});
    assert.notEqual(received(), session);
  });

  it('is refused when its name is too long', async () => {
    const reply = await chat({ 'X-Session-Id': 'a'.repeat(257) });
    assert.equal(reply.status, 400);
  });

  it('does not hide the history of a request from an agent that keeps its own', async () => {
    const messages = [
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'two' },
      { role: 'user', content: 'three' },
    ];
    await chat({ 'X-OpenWebUI-Chat-Id': 'edited' }, { messages });
    assert.ok(received());
    assert.equal(received('x-hermes-session-id'), undefined);
  });

  it("comes back under the agent's own header, with plain replies and streams", async () => {
    answered = { 'X-Hermes-Session-Id': 'agent-7' };
    assert.equal((await chat({})).headers.get('x-hermes-session-id'), 'agent-7');
    assert.equal((await chat({}, { stream: true })).headers.get('x-hermes-session-id'), 'agent-7');
    for (const stream of [false, true]) {
      const reply = await post(`${server.url}/v1/responses`, { model, input: 'hi', stream });
      assert.equal(reply.headers.get('x-hermes-session-id'), 'agent-7');
      await reply.text();
    }
    answered = {};
    assert.equal((await chat({})).headers.get('x-hermes-session-id'), null);
  });
});
