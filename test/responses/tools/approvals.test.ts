import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { hashKey } from '../../../src/config/hash-key.ts';
import { post, startTalaria, type TestServer } from '../../helpers/talaria.ts';
import { filesTool, writeToolConfig } from './tool-config.ts';

const model = 'offline';
const tools = [{ type: 'mcp', server_label: 'files', require_approval: 'always' }];
const script = '/call files__echo {"text":"hello"}\n/then\n/say Done.';

type Item = Record<string, string> & { type: string; id: string };
type Body = { id: string; output: Item[]; error: { code: string; param: string } };

async function send({ url }: Pick<TestServer, 'url'>, body: object, headers = {}) {
  const reply = await post(`${url}/v1/responses`, { model, tools, ...body }, headers);
  return { ...((await reply.json()) as Body), status: reply.status };
}

const toRequest = ({ output }: Body): Item =>
  output.find(({ type }) => type === 'mcp_approval_request') ?? assert.fail('no approval was asked for');

const toAnswer = (request: Item, approve: boolean, rest = {}) => ({
  type: 'mcp_approval_response',
  approval_request_id: request.id,
  approve,
  ...rest,
});

suite('an approval', () => {
  test('is asked for, given in the next turn, and runs the call once', async () => {
    using config = writeToolConfig({ approval: 'always' });
    await using server = await startTalaria({ TALARIA_CONFIG: config.path });
    const asked = await send(server, { input: script });
    const request = toRequest(asked);
    assert.deepEqual([request['server_label'], request['name']], ['files', 'echo']);
    const next = { previous_response_id: asked.id, input: [toAnswer(request, true)] };
    const answered = await send(server, next);
    const call = answered.output.find(({ type }) => type === 'mcp_call');
    assert.deepEqual([call?.['approval_request_id'], call?.['output']], [request.id, 'hello']);
    assert.deepEqual(
      answered.output.map(({ type }) => type),
      ['mcp_call', 'message'],
      'the tools are not listed again',
    );
    const again = await send(server, next);
    assert.deepEqual(
      [again.status, again.error.code, again.error.param],
      [409, 'approval_conflict', 'input[0].approval_request_id'],
    );
    const { data } = await server.openai.responses.inputItems.list(answered.id);
    assert.equal(data[0]?.type as string, 'mcp_approval_response');
  });

  test('is denied with a reason, with the request in the input', async () => {
    using config = writeToolConfig();
    await using server = await startTalaria({ TALARIA_CONFIG: config.path });
    const question = { role: 'user', content: script };
    const request = toRequest(await send(server, { input: [question], store: false }));
    const denied = await send(server, {
      input: [question, request, toAnswer(request, false, { reason: 'Too risky.' })],
    });
    assert.equal(denied.status, 200);
    assert.deepEqual(
      denied.output.filter(({ type }) => type === 'mcp_call'),
      [],
    );
  });

  test('is refused for other arguments, when unknown, and when given twice at once', async () => {
    using config = writeToolConfig();
    await using server = await startTalaria({ TALARIA_CONFIG: config.path });
    const request = toRequest(await send(server, { input: script }));
    const changed = { ...request, arguments: '{"text":"other"}' };
    const cases = [
      [[changed, toAnswer(request, true)], 400, 'invalid_value'],
      [[request, toAnswer(request, true), toAnswer(request, false)], 400, 'invalid_value'],
      [[toAnswer({ ...request, id: 'mcpr_unknown' }, true)], 404, 'approval_not_found'],
    ] as const;
    for (const [input, status, code] of cases) {
      const reply = await send(server, { input });
      assert.deepEqual([reply.status, reply.error.code], [status, code]);
    }
    const both = await Promise.all([true, true].map(() => send(server, { input: [request, toAnswer(request, true)] })));
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
  });

  test('needs an operator’s key where the tenant may not approve', async () => {
    const keys = ['own', 'boss'].map((name) => `tlr_${name}${'x'.repeat(40)}`);
    const hashes = keys.map(hashKey);
    const more =
      'tenants:\n  lab: { approve: operator }\nkeys:\n' +
      `  - { name: own, tenant: lab, hash: '${hashes[0]}' }\n` +
      `  - { name: boss, tenant: lab, hash: '${hashes[1]}', role: operator }\n`;
    using config = writeToolConfig({ more });
    await using server = await startTalaria({ TALARIA_CONFIG: config.path });
    const [own, boss] = keys.map((key) => ({ authorization: `Bearer ${key}` }));
    const request = toRequest(await send(server, { input: script }, own));
    const body = { input: [request, toAnswer(request, true)] };
    const refused = await send(server, body, own);
    assert.deepEqual([refused.status, refused.error.code], [403, 'approval_denied']);
    assert.equal((await send(server, body, boss)).status, 200);
  });

  test('that waits does not hold up later turns', async () => {
    using config = writeToolConfig();
    await using server = await startTalaria({ TALARIA_CONFIG: config.path });
    const asked = await send(server, { input: script });
    const later = await send(server, { previous_response_id: asked.id, input: '/say Something else.' });
    assert.equal(later.status, 200);
    const answer = { previous_response_id: later.id, input: [toAnswer(toRequest(asked), true)] };
    const answered = await send(server, answer);
    assert.equal(answered.output[0]?.['output'], 'hello');
  });
});

suite('an MCP server of a request', () => {
  test('is refused when it is unknown, named twice, or a connector', async () => {
    using config = writeToolConfig();
    await using server = await startTalaria({ TALARIA_CONFIG: config.path });
    const cases = [
      [[{ ...filesTool, server_label: 'other' }], 'tools[0].server_label', 'invalid_value'],
      [[filesTool, filesTool], 'tools[1].server_label', 'invalid_value'],
      [[{ ...filesTool, connector_id: 'connector_gmail' }], 'tools[0].connector_id', 'unsupported_value'],
    ] as const;
    for (const [sent, param, code] of cases) {
      const reply = await send(server, { input: 'hi', tools: sent });
      assert.deepEqual([reply.status, reply.error.param, reply.error.code], [400, param, code]);
    }
  });

  test('is called first when tool_choice names it, and no more than max_tool_calls', async () => {
    using config = writeToolConfig();
    await using server = await startTalaria({ TALARIA_CONFIG: config.path });
    const choice = { type: 'mcp', server_label: 'files', name: 'pid' };
    const chosen = await send(server, { input: 'Hello.', tools: [filesTool], tool_choice: choice });
    assert.ok(chosen.output.some(({ type, name }) => type === 'mcp_call' && name === 'pid'));
    const input = '/call files__pid\n/call files__pid\n/then\n/say Done.';
    const limited = await send(server, { input, tools: [filesTool], max_tool_calls: 1 });
    assert.deepEqual((limited as never as { incomplete_details: object }).incomplete_details, {
      reason: 'max_tool_calls',
    });
  });
});
