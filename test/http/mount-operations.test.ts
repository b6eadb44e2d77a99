import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type ContractOperation, loadContract } from '../../src/contract/load-contract.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { envelope, send } from './send.ts';

const { operations } = loadContract();
const paths = [...new Set(operations.map((operation) => operation.path))];
const toPath = (template: string): string => template.replaceAll(/\{\w+\}/g, 'some-id');

/** A body that is valid for an operation. */
const toBody = ({ path }: ContractOperation) => strictBodies[path] ?? toRunBody(path);

/** Those of operations that refuse unknown fields. */
const strictBodies: Record<string, object> = {
  '/admin/v1/rules': { rules: [] },
  '/admin/v1/journal/verify': {},
  '/admin/v1/journal/wait': { timeout_ms: 0 },
};

const toRunBody = (path: string) => ({
  model: 'offline',
  ...(path.startsWith('/v1/chat') ? { messages: [{ role: 'user', content: 'Hi' }] } : { input: 'Hi', items: [] }),
  metadata: {},
  approve: true,
});

describe('the contract is the route table', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria({ AGENT_URL: 'rules:' });
  });
  after(() => server[Symbol.asyncDispose]());

  const call = (operation: ContractOperation) =>
    send(server.url + toPath(operation.path), {
      method: operation.method.toUpperCase(),
      body: operation.hasBody ? toBody(operation) : undefined,
    });

  for (const operation of operations) {
    test(`${operation.operationId} answers at ${operation.method.toUpperCase()} ${operation.path}`, async () => {
      const reply = await call(operation);
      const code = JSON.stringify(reply.json);
      const expected = operation.path.includes('{') ? /[a-z]_not_found/ : /"(object|status)":/;
      assert.match(code, expected, `${reply.status} ${reply.text}`);
      assert.doesNotMatch(code, /"not_found"/);
    });
  }

  for (const path of paths) {
    const allowed = operations.filter((operation) => operation.path === path).map(({ method }) => method.toUpperCase());
    const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'].filter(
      (method) => !allowed.includes(method),
    );
    for (const method of others) {
      test(`${method} ${path} is a 405 that names the allowed methods`, async () => {
        const reply = await send(server.url + toPath(path), { method });
        assert.equal(reply.status, 405);
        assert.equal(reply.headers.allow, allowed.join(', '));
        const message = `Method ${method} is not allowed here. Expected one of: ${allowed.join(', ')}.`;
        assert.deepEqual(reply.json, envelope('method_not_allowed', message));
      });
    }
  }

  test('HEAD gets the reply of GET without its body', async () => {
    for (const path of ['/health', '/v1/models', '/openapi.json', '/docs/']) {
      const get = await send(server.url + path);
      const head = await send(server.url + path, { method: 'HEAD' });
      assert.equal(head.status, 200, path);
      assert.equal(head.text, '');
      assert.equal(head.headers['content-length'], get.headers['content-length']);
      assert.equal(head.headers['content-type'], get.headers['content-type']);
    }
  });

  test('HEAD where there is no GET is a 405', async () => {
    const reply = await send(`${server.url}/v1/responses`, { method: 'HEAD' });
    assert.equal(reply.status, 405);
    assert.equal(reply.headers.allow, 'POST');
  });

  for (const path of ['/', '/v1', '/v1/nowhere', '/v1/responses/a/b', '/v1/chat', '/favicon.ico', '/.env']) {
    test(`${path} is a 404 in the envelope`, async () => {
      const reply = await send(server.url + path);
      assert.equal(reply.status, 404);
      assert.deepEqual(reply.json, envelope('not_found', `Unknown path: GET ${path}`));
    });
  }

  for (const path of ['/V1/models', '/models', '/v1/v1/models', '//v1/models', '/v1//models', '/api/models']) {
    test(`${path} is a 404 that names the right path`, async () => {
      const reply = await send(server.url + path);
      const message = `Unknown path: GET ${path}. Did you mean '/v1/models'?`;
      assert.deepEqual([reply.status, reply.json], [404, envelope('not_found', message)]);
    });
  }

  for (const [method, path] of [
    ['GET', '/v1/models/%'],
    ['GET', '/v1/responses/%zz'],
    ['GET', '/v1/responses/%C3%28'],
    ['DELETE', '/v1/responses/%zz'],
    ['GET', '/v1/conversations/%zz'],
    ['DELETE', '/v1/conversations/%zz'],
    ['DELETE', '/v1/conversations/conv_1/items/%zz'],
    ['GET', '/v1/chat/completions/%zz'],
    ['DELETE', '/v1/chat/completions/%zz'],
  ] as const) {
    test(`${method} ${path}, with invalid percent-encoding, is a 400`, async () => {
      const reply = await send(server.url + path, { method });
      assert.equal(reply.status, 400);
      assert.deepEqual(reply.json, envelope('invalid_value', 'Invalid percent-encoding in the request path.'));
    });
  }

  test('a trailing slash is ignored', async () => {
    assert.equal((await send(`${server.url}/v1/models/`)).status, 200);
  });

  test('an unknown query parameter is ignored', async () => {
    assert.equal((await send(`${server.url}/v1/models?limit=20&x[y]=z&__proto__=1`)).status, 200);
  });

  test('a model id with an encoded slash is one id', async () => {
    const reply = await send(`${server.url}/v1/models/meta%2Fllama`);
    assert.deepEqual(reply.json, envelope('model_not_found', "The model 'meta/llama' does not exist.", 'model'));
  });

  test('no header names the framework', async () => {
    for (const path of ['/health', '/nowhere', '/docs/', '/v1/models']) {
      const { headers } = await send(server.url + path);
      assert.equal(headers['x-powered-by'], undefined);
      assert.equal(headers['server'], undefined);
    }
  });

  test('every reply has its own id, errors and pages included', async () => {
    const seen = new Set<unknown>();
    const requests: [path: string, options?: Parameters<typeof send>[1]][] = [
      ['/health'],
      ['/v1/models'],
      ['/nowhere'],
      ['/docs/'],
      ['/openapi.yaml'],
      ['/v1/responses', { method: 'PUT' }],
      ['/v1/responses', { body: '{' }],
      ['/v1/responses', { body: { input: 'Hi', stream: true } }],
      ['/health', { headers: { host: 'evil.example' } }],
      ['/health', { headers: { origin: 'https://evil.example' } }],
      ['/health', { method: 'OPTIONS', headers: { origin: server.url, 'access-control-request-method': 'GET' } }],
    ];
    for (const [path, options] of requests) {
      const id = (await send(server.url + path, options)).headers['x-request-id'];
      assert.match(String(id), /^req_[0-9a-f]{32}$/, path);
      seen.add(id);
    }
    assert.equal(seen.size, requests.length);
  });

  test("a client's own request id is ignored: it could forge another's log line", async () => {
    const { headers } = await send(`${server.url}/health`, { headers: { 'x-request-id': 'req_mine' } });
    assert.match(String(headers['x-request-id']), /^req_[0-9a-f]{32}$/);
  });
});
