import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { spawnTalaria, type TestProcess } from '../helpers/spawn-talaria.ts';
import { startUpstream, type Upstream } from '../helpers/upstream.ts';
import { openSocket, send } from './send.ts';

interface LogLine {
  msg: string;
  level: number;
  requestId?: string;
  [field: string]: unknown;
}

const key = 'sk-client-secret-1';
const operatorKey = 'sk-operator-secret-3';
const upstreamKey = 'sk-upstream-secret-2';

describe('the log of a server', () => {
  let upstream: Upstream;
  let server: TestProcess;
  before(async () => {
    upstream = await startUpstream({ apiKey: upstreamKey });
    server = await spawnTalaria({
      API_SERVER_KEY: key,
      API_SERVER_OPERATOR_KEY: operatorKey,
      AGENT_URL: upstream.url,
      AGENT_API_KEY: upstreamKey,
      AGENT_MODEL: 'test-model',
      LOG_LEVEL: 'trace',
    });
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await upstream[Symbol.asyncDispose]();
  });

  const lines = (): LogLine[] =>
    server
      .stderr()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));

  /** The line is written when the reply has ended: the client may know first. */
  const isOfRequest = ({ msg }: LogLine) => msg.startsWith('request');

  async function lineOf(requestId: unknown, isWanted = isOfRequest): Promise<LogLine> {
    for (;;) {
      const [line, ...more] = lines().filter((each) => each.requestId === requestId && isWanted(each));
      assert.deepEqual(more, [], 'one such line for one request');
      if (line) return line;
      await once(server.process.stderr ?? assert.fail(), 'data');
    }
  }

  /** Its run has the one error line; that of the request repeats the code alone. */
  async function assertFailedRun(requestId: unknown, reason: RegExp): Promise<void> {
    const line = await lineOf(requestId);
    assert.deepEqual([line.level, line['code'], line['err']], [30, 'upstream_error', undefined]);
    const ended = await lineOf(requestId, ({ msg }) => msg === 'run ended');
    assert.deepEqual([ended.level, ended['code']], [50, 'upstream_error']);
    assert.match(JSON.stringify(ended['err']), reason);
  }

  const ask = (body: unknown, headers: Record<string, string> = {}) =>
    send(`${server.url}/v1/chat/completions?api_key=${key}`, {
      body,
      headers: { authorization: `Bearer ${key}`, ...headers },
    });

  test('has one line for each request: path, outcome and duration', async () => {
    const reply = await ask({ messages: [{ role: 'user', content: 'Hi' }] });
    assert.equal(reply.status, 200);
    const line = await lineOf(reply.headers['x-request-id']);
    assert.equal(line.msg, 'request');
    assert.equal(line.level, 30);
    assert.equal(line['method'], 'POST');
    assert.equal(line['path'], '/v1/chat/completions');
    assert.equal(line['tenant'], 'default');
    assert.equal(line['status'], 200);
    assert.ok(Number(line['milliseconds']) > 0);
    assert.equal(line['cutShort'], undefined);
    assert.equal(line['code'], undefined);
  });

  test("logs a client's error with its code at level info", async () => {
    const reply = await ask({ messages: [] });
    const line = await lineOf(reply.headers['x-request-id']);
    assert.equal(line.level, 30);
    assert.equal(line['status'], 400);
    assert.equal(line['code'], 'invalid_value');
  });

  test('logs a failure of the upstream at level error', async () => {
    const reply = await ask({ messages: [{ role: 'user', content: 'status 501' }] });
    assert.equal(reply.status, 502);
    await assertFailedRun(reply.headers['x-request-id'], /501/);
  });

  test("logs the upstream's message about the key, whatever its status", async () => {
    const reply = await ask({ messages: [{ role: 'user', content: 'status 401' }] });
    assert.equal(reply.status, 401);
    await assertFailedRun(reply.headers['x-request-id'], /the upstream answered 401/);
  });

  test('logs a client that disconnects before the end of its reply', async () => {
    const body = JSON.stringify({ messages: [{ role: 'user', content: 'slow 1000x10ms' }], stream: true });
    const socket = openSocket(server.url);
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    const [head] = await once(socket, 'data');
    socket.destroy();
    const line = await lineOf(/x-request-id: (\S+)/i.exec(String(head))?.[1]);
    assert.equal(line['cutShort'], true);
  });

  test("names the key of an operator, and not that of a tenant's", async () => {
    const read = (sent: string) =>
      send(`${server.url}/admin/v1/tenants`, { headers: { authorization: `Bearer ${sent}` } });
    const [acted, refused] = [await read(operatorKey), await read(key)];
    assert.deepEqual([acted.status, refused.status], [200, 403]);
    assert.equal((await lineOf(acted.headers['x-request-id']))['operator'], 'API_SERVER_OPERATOR_KEY');
    assert.equal((await lineOf(refused.headers['x-request-id']))['operator'], undefined);
  });

  test('has one line for a refusal too', async () => {
    const reply = await send(`${server.url}/v1/models`, { headers: { authorization: 'Bearer sk-guess-3' } });
    const line = await lineOf(reply.headers['x-request-id']);
    assert.equal(line['status'], 401);
    assert.equal(line['tenant'], undefined);
    assert.equal(line['code'], 'invalid_api_key');
  });

  test('never contains a secret: no key, wrong key, cookie or message content', async () => {
    const secretText = 'my-private-question';
    const headers = { cookie: 'session=sk-cookie-4', 'x-api-key': 'sk-header-5', 'proxy-authorization': 'sk-proxy-6' };
    for (const content of [secretText, `status 500\n${secretText}`, `status 429\n${secretText}`]) {
      await ask({ messages: [{ role: 'user', content }] }, headers);
    }
    await ask(`{"input": "${secretText}`, headers);
    const last = await send(`${server.url}/v1/models`, { headers: { ...headers, authorization: `Bearer ${key}` } });
    await lineOf(last.headers['x-request-id']);
    const log = server.stderr();
    assert.ok(lines().length > 5);
    for (const secret of [
      key,
      operatorKey,
      upstreamKey,
      'sk-guess-3',
      'sk-cookie-4',
      'sk-header-5',
      'sk-proxy-6',
      secretText,
    ]) {
      assert.ok(!log.includes(secret), `${secret} is in the log: ${log}`);
    }
  });
});

test('a server with LOG_LEVEL=silent writes no line', async () => {
  await using server = await spawnTalaria({ LOG_LEVEL: 'silent' });
  assert.equal((await send(`${server.url}/nowhere`)).status, 404);
  assert.equal(await server.kill('SIGTERM'), 0);
  assert.equal(server.stderr(), '');
});
