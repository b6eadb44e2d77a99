import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import { examine } from './examine.ts';
import { sendJson, startAgent } from './start-agent.ts';

const key = 'sk-of-the-agent-0123456789';

/** A port on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

describe('an agent that cannot be used is diagnosed, with the setting to change', () => {
  test('nothing listens', async () => {
    const findings = await examine(`http://127.0.0.1:${await closedPort()}/v1`);
    const { verdict, message, remedy } = findings.get('reachable') ?? {};
    assert.equal(verdict, 'fail');
    assert.match(message ?? '', /^nothing listens on 127\.0\.0\.1:\d+ \(ECONNREFUSED\)$/);
    assert.equal(remedy, 'start the agent, or correct the port of AGENT_URL');
    assert.equal(findings.size, 1);
  });

  test('nothing listens at its proxy: the agent is not blamed', async () => {
    await using agent = await startAgent();
    const proxy = `http://user:secret@127.0.0.1:${await closedPort()}`;
    const finding = (await examine(agent.url, { settings: { proxy }, place: 'file' })).get('reachable');
    assert.equal(finding?.verdict, 'fail');
    assert.match(finding.message, /^the proxy 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)$/);
    assert.match(finding.remedy ?? '', /^start the proxy, or correct its URL \(agents\.hermes\.proxy, HTTP_PROXY/);
  });

  test('the host has no address', async () => {
    const finding = (await examine('http://no-such-host.invalid/v1')).get('reachable');
    assert.match(finding?.message ?? '', /^the host name of no-such-host\.invalid has no address/);
  });

  test('TLS where the agent speaks none', async () => {
    await using agent = await startAgent();
    const finding = (await examine(agent.url.replace('http:', 'https:'))).get('reachable');
    assert.match(finding?.message ?? '', /does not speak TLS/);
    assert.equal(finding?.remedy, 'write AGENT_URL with http://');
  });

  test('it does not answer in time', async () => {
    await using agent = await startAgent({ answer: () => true });
    const finding = (await examine(agent.url, { timeoutMs: 100 })).get('reachable');
    assert.equal(finding?.message, 'no answer within 0.1 s');
  });

  test('no key, and a wrong key', async () => {
    await using agent = await startAgent({ apiKey: key });
    const missing = (await examine(agent.url)).get('credentials');
    assert.match(missing?.message ?? '', /^the agent requires a key \(401: /);
    assert.equal(missing?.remedy, 'set AGENT_API_KEY');
    const wrong = (await examine(agent.url, { apiKey: 'sk-wrong', place: 'file' })).get('credentials');
    assert.match(wrong?.message ?? '', /^the agent refuses the key \(401: /);
    assert.equal(wrong?.remedy, 'correct agents.hermes.api_key');
  });

  test('a key that only the runs require: the list of models is public', async () => {
    await using agent = await startAgent({
      answer: ({ path }, response) => path !== '/v1/models' && sendJson(response, 401, { error: 'no key' }),
    });
    const findings = await examine(agent.url);
    assert.equal(findings.get('credentials')?.verdict, 'fail');
    assert.equal(findings.has('answer'), false);
  });

  test('a key refused under another status, as LiteLLM without a database does', async () => {
    const error = { message: 'No connected db.', type: 'no_db_connection', param: null, code: '400' };
    await using agent = await startAgent({ answer: (_, response) => sendJson(response, 400, { error }) });
    assert.equal((await examine(agent.url, { apiKey: key })).get('credentials')?.verdict, 'fail');
  });

  test('the URL lacks /v1, or names an operation', async () => {
    await using agent = await startAgent();
    for (const url of [agent.url.replace(/\/v1$/, ''), `${agent.url}/chat/completions`, `${agent.url}/v1`]) {
      const finding = (await examine(url)).get('url');
      assert.equal(finding?.verdict, 'fail', url);
      assert.equal(finding?.remedy, `set AGENT_URL=${agent.url}`);
    }
  });

  test('the URL is that of a web page', async () => {
    await using agent = await startAgent({
      answer: (_, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Chat</title>');
        return true;
      },
    });
    const finding = (await examine(agent.url)).get('url');
    assert.match(finding?.message ?? '', /^neither .*\/models nor \/chat\/completions exists/);
    assert.match(finding?.remedy ?? '', /AGENT_URL must be the base URL of the API/);
  });

  test('it lists no models', async () => {
    for (const list of [{ object: 'list', data: [] }, { object: 'list', data: null }, []]) {
      await using agent = await startAgent({
        answer: ({ path }, response) => path === '/v1/models' && sendJson(response, 200, list),
      });
      const finding = (await examine(agent.url)).get('models');
      assert.equal(finding?.verdict, 'fail');
      assert.match(finding?.remedy ?? '', /^load a model in the agent, or set AGENT_MODEL=NAME$/);
    }
  });

  test('it does not list the configured model', async () => {
    await using agent = await startAgent();
    const finding = (await examine(agent.url, { model: 'tset-model', runs: 0 })).get('models');
    assert.equal(finding?.verdict, 'note');
    assert.match(finding?.message ?? '', /does not list tset-model; it lists test-model, other-model$/);
  });

  test('its list of models fails', async () => {
    await using agent = await startAgent({
      answer: (_, response) => sendJson(response, 503, { error: { message: `loading, key ${key}` } }),
    });
    const finding = (await examine(agent.url, { apiKey: key })).get('url');
    assert.equal(finding?.message, 'the list of models fails with status 503: loading, key [secret]');
  });

  test('it does not offer the configured API', async () => {
    await using agent = await startAgent();
    const finding = (await examine(agent.url, { api: 'responses' })).get('api');
    assert.equal(finding?.message, 'does not offer responses; it offers chat-completions');
    assert.equal(finding?.remedy, 'set AGENT_API=chat-completions');
  });
});
