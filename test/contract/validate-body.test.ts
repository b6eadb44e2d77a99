import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Request, Response } from 'express';
import { loadContract } from '../../src/contract/load-contract.ts';
import { validateBody } from '../../src/contract/validate-body.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { envelope, send } from '../http/send.ts';
import { type RequestKind, startValidatingServer } from './validating-server.ts';

const contract = loadContract();
const user = { role: 'user', content: 'Hi' };

const refused: [name: string, kind: RequestKind, body: string, param: string | null][] = [
  ['an empty body', 'chat', '', null],
  ['a body that is not JSON', 'chat', '{"messages": [', null],
  ['null', 'responses', 'null', null],
  ['a list', 'chat', '[]', null],
  ['a string', 'responses', '"Hi"', null],
  ['no messages', 'chat', '{}', 'messages'],
  ['messages of another type', 'chat', JSON.stringify({ messages: 'Hi' }), 'messages'],
  ['no message at all', 'chat', JSON.stringify({ messages: [] }), 'messages'],
  ['a role that does not exist', 'chat', JSON.stringify({ messages: [{ ...user, role: 'usr' }] }), 'messages[0].role'],
  [
    'a part without its field',
    'chat',
    JSON.stringify({ messages: [{ role: 'user', content: [{ type: 'text' }] }] }),
    'messages[0].content[0].text',
  ],
  ['a number as text', 'chat', JSON.stringify({ messages: [user], temperature: '1' }), 'temperature'],
  ['a number out of range', 'chat', JSON.stringify({ messages: [user], temperature: 3 }), 'temperature'],
  ['a number beyond all range', 'chat', '{"messages":[{"role":"user","content":"Hi"}],"seed":1e999}', 'seed'],
  ['a switch as text', 'responses', JSON.stringify({ input: 'Hi', stream: 'true' }), 'stream'],
  ['input of another type', 'responses', JSON.stringify({ input: 7 }), 'input'],
  ['an item of an unknown type', 'responses', JSON.stringify({ input: [{ type: 'mesage' }] }), 'input[0].type'],
  [
    'a tool without its name',
    'responses',
    JSON.stringify({ input: 'Hi', tools: [{ type: 'function' }] }),
    'tools[0].name',
  ],
  ['a word that is not on the list', 'responses', JSON.stringify({ input: 'Hi', truncation: 'all' }), 'truncation'],
];

describe('a body that breaks the contract is a 400 that names the parameter', () => {
  for (const [name, kind, text, param] of refused) {
    test(`${kind}: ${name}`, async () => {
      await using server = await startValidatingServer();
      const { status, json } = await server.post(kind, text);
      assert.equal(status, 400);
      assert.deepEqual(toParam(json), param);
    });
  }
});

test('the body of every operation is validated', async () => {
  await using server = await startTalaria();
  for (const { path, method } of contract.operations.filter(({ hasBody }) => hasBody)) {
    const url = `${server.url}${path.replaceAll(/\{\w+\}/g, 'id_1')}`;
    const reply = await send(url, { method: method.toUpperCase(), body: 7 });
    const message = 'Invalid type: expected an object, but got a number instead.';
    assert.deepEqual([reply.status, reply.json], [400, envelope('invalid_type', message, null)], path);
  }
});

test('an operation without a body has no body to validate', () => {
  for (const operation of contract.operations.filter(({ hasBody }) => !hasBody)) {
    const { method, path } = operation;
    const validate = validateBody(contract, operation);
    // It throws before it needs the messages.
    assert.throws(() => validate({} as Request, {} as Response, () => undefined), {
      message: `No JSON body for ${method} ${path} in the contract.`,
    });
  }
});

function toParam(json: unknown): unknown {
  assert.ok(typeof json === 'object' && json && 'error' in json);
  assert.ok(typeof json.error === 'object' && json.error && 'param' in json.error);
  return json.error.param;
}
