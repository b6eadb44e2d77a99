import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';
import { validateBody } from '../../src/contract/validate-body.ts';
import { createRandom } from '../helpers/random.ts';
import { mutateJson, toJsonText } from './mutate-json.ts';
import { sampleRequests } from './sample-requests.ts';
import { type RequestKind, startValidatingServer } from './validating-server.ts';

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

describe('hot operations are refused as all others would be', () => {
  for (const [name, kind, text, param] of refused) {
    test(`${kind}: ${name}`, async () => {
      await using body = await startValidatingServer('body');
      await using whole = await startValidatingServer('whole');
      const { status, json } = await body.post(kind, text);
      assert.equal(status, 400);
      assert.deepEqual(toParam(json), param);
      assert.deepEqual({ status, json }, await whole.post(kind, text));
    });
  }
});

test('both ways of validation say the same of thousands of bodies', async () => {
  await using body = await startValidatingServer('body');
  await using whole = await startValidatingServer('whole');
  const random = createRandom(2026);
  const statuses = new Map<number, number>();
  for (let round = 0; round < 2000; round++) {
    const [kind, sample] = sampleRequests[random(sampleRequests.length)] ?? assert.fail();
    const text = toJsonText(round < sampleRequests.length ? sample : mutateJson(sample, random, ['message', 'auto']));
    const reply = await body.post(kind, text ?? 'null');
    assert.deepEqual(reply, await whole.post(kind, text ?? 'null'), text);
    statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
  }
  assert.ok((statuses.get(200) ?? 0) > 200 && (statuses.get(400) ?? 0) > 200, JSON.stringify([...statuses]));
});

test('an operation with parameters, or without a body, is not taken for one that can be validated so', () => {
  const contract = loadContract();
  for (const operation of contract.operations.filter(({ hasBody }) => !hasBody)) {
    assert.throws(() => validateBody(contract, operation), /not validated by its body and headers alone/);
  }
});

function toParam(json: unknown): unknown {
  assert.ok(typeof json === 'object' && json && 'error' in json);
  assert.ok(typeof json.error === 'object' && json.error && 'param' in json.error);
  return json.error.param;
}
