import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { hashKey } from '../../src/config/hash-key.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { filesTool, writeToolConfig } from '../responses/tools/tool-config.ts';
import { connectSocket, type Message, textOf } from './connect-socket.ts';

describe('a steered tool loop', () => {
  const stack = new AsyncDisposableStack();
  let server: TestServer;
  before(async () => {
    const { path } = stack.use(writeToolConfig());
    server = stack.use(await startTalaria({ TALARIA_CONFIG: path, VALIDATE_OUTPUT: '1' }));
    await using client = await connectSocket(server.url);
    client.send({ type: 'response.steer', previous_response_id: 'resp_unknown', input: 'Hello' });
    await client.next();
    await client.create({ tools: [filesTool], input: '/call files__pid {}' });
  });
  after(() => stack.disposeAsync());

  test('finishes the tool in progress, then continues in the successor', async () => {
    await using client = await connectSocket(server.url);
    const input = '/call files__steps {"count":1,"pauseMs":150}\n/then\n/call files__pid {}\n/then\n/say never';
    client.send({ type: 'response.create', tools: [filesTool], input });
    const turn: Message[] = [];
    while (turn.at(-1)?.type !== 'response.mcp_call.in_progress') turn.push(await client.next());
    const steer = { type: 'response.steer', previous_response_id: turn[0].response.id, input: '/say instead' };
    client.send(steer);
    const rest = await client.rest();
    const { response } = rest.at(-1);
    assert.deepEqual(response.incomplete_details, { reason: 'steered' });
    const calls = response.output.filter(({ type }: Message) => type === 'mcp_call');
    assert.deepEqual(
      calls.map(({ status }: Message) => status),
      ['completed'],
    );
    const types = rest.map(({ type }) => type);
    assert.ok(types.indexOf('response.steer.accepted') < types.indexOf('response.mcp_call.completed'));
    assert.equal(textOf(await client.rest()), 'instead');
  });

  test('waits for the answer of an approval', async () => {
    await using client = await connectSocket(server.url);
    const tools = [{ ...filesTool, require_approval: 'always' }];
    client.send({ type: 'response.create', tools, input: '/wait 300ms\n/call files__pid {}' });
    const created = await client.next();
    client.send({ type: 'response.steer', previous_response_id: created.response.id, input: '/say steered' });
    const turn = await client.rest();
    assert.equal(turn.at(-1).type, 'response.completed');
    const request = turn.at(-1).response.output.at(-1);
    const pending = await client.next();
    assert.deepEqual(pending.required_input, [{ type: 'mcp_approval_response', approval_request_id: request.id }]);
    const answer = { type: 'mcp_approval_response', approval_request_id: request.id, approve: true };
    const fields = { store: true, tools, previous_response_id: created.response.id, input: [answer] };
    const next = await client.create(fields);
    assert.equal(next.at(-1).response.id, pending.steer.id.replace('steer_', 'resp_'));
    assert.equal(next.at(-1).response.output[0].type, 'mcp_call');
  });
});

test('an approval on a WebSocket needs an operator’s key where the tenant may not approve', async () => {
  const keys = ['own', 'boss'].map((name) => `tlr_${name}${'x'.repeat(40)}`);
  const [own, boss] = keys.map((key, index) => `{ name: key${index}, tenant: lab, hash: '${hashKey(key)}'`);
  const more = `tenants:\n  lab: { approve: operator }\nkeys:\n  - ${own} }\n  - ${boss}, role: operator }\n`;
  using config = writeToolConfig({ more });
  await using server = await startTalaria({ TALARIA_CONFIG: config.path });
  const tools = [{ ...filesTool, require_approval: 'always' }];
  const connect = (key = '') => connectSocket(server.url, { headers: { authorization: `Bearer ${key}` } });
  await using tenant = await connect(keys[0]);
  await using operator = await connect(keys[1]);
  const asked = await tenant.create({ store: true, tools, input: '/call files__pid {}' });
  const { id, output } = asked.at(-1).response;
  const input = [{ type: 'mcp_approval_response', approval_request_id: output.at(-1).id, approve: true }];
  const answer = { store: true, tools, previous_response_id: id, input };
  assert.equal((await tenant.create(answer)).at(-1).error.code, 'approval_denied');
  assert.equal((await operator.create(answer)).at(-1).response.output[0].type, 'mcp_call');
});
