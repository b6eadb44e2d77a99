import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { createValueCheck } from '../../src/contract/check-value.ts';
import { dispatchUnions } from '../../src/contract/dispatch-unions.ts';
import type { OpenApiDocument } from '../../src/contract/document.ts';
import { loadContract } from '../../src/contract/load-contract.ts';
import { createRandom } from '../helpers/random.ts';
import { mutateJson, toJsonText } from './mutate-json.ts';
import { sampleRequests } from './sample-requests.ts';

const contract = loadContract();
const ajvOptions = { strict: false, strictNumbers: true, validateFormats: false } as const;

/** The same schemas without our keyword. */
function compilePlainly(name: string): ValidateFunction {
  const schema = { $ref: `#/components/schemas/${name}`, components: contract.prepared.components };
  return new Ajv2020(ajvOptions).compile(schema);
}

const schemaNames = { chat: 'CreateChatCompletionRequest', responses: 'CreateResponseRequest' } as const;

test('dispatching unions by tag accepts and refuses the same values as a plain validator', () => {
  const checks = Object.values(schemaNames).map((name) => {
    const check = createValueCheck(contract, { $ref: `#/components/schemas/${name}` });
    return [name, { plain: compilePlainly(name), check }] as const;
  });
  const byName = new Map(checks);
  const words = [
    'message',
    'item_reference',
    'input_text',
    'user',
    'tool',
    'function',
    'custom',
    'nope',
    'type',
    'role',
  ];
  const random = createRandom(2911);
  const counts = { accepted: 0, refused: 0 };
  for (let round = 0; round < 3000; round += 1) {
    const [kind, sample] = sampleRequests[random(sampleRequests.length)] ?? assert.fail();
    const { plain, check } = byName.get(schemaNames[kind as keyof typeof schemaNames]) ?? assert.fail(kind);
    const body = JSON.parse(toJsonText(mutateJson(sample, random, words)) ?? 'null');
    const isValid = plain(body);
    if (isValid) check(body);
    else assert.throws(() => check(body), JSON.stringify(body));
    counts[isValid ? 'accepted' : 'refused'] += 1;
  }
  assert.ok(counts.accepted > 300 && counts.refused > 300, JSON.stringify(counts));
});

test('the unions of a request dispatch on their tags', () => {
  const copy: OpenApiDocument = structuredClone(contract.prepared);
  dispatchUnions(copy);
  const { InputItem, ChatMessage, Tool, InputContentPart } = copy.components.schemas;
  assert.deepEqual(
    [InputItem, ChatMessage, Tool, InputContentPart].map((schema) => schema?.dispatchOn?.tag),
    ['type', 'role', 'type', 'type'],
  );
});

/** A tenth of what trying each member took. */
const microsecondsPerValue = 5;

test('an element costs little, even one of the last type of many', () => {
  const check = createValueCheck(contract, { $ref: '#/components/schemas/CreateResponseRequest' });
  check({ input: 'Hi' });
  const count = 50_000;
  for (const element of ['', { id: 'a' }, { type: 'program_output' }, { type: 'compaction_trigger' }]) {
    const input = Array.from({ length: count }, () => structuredClone(element));
    const before = process.cpuUsage();
    try {
      check({ input });
    } catch {
      // The time is what counts.
    }
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < count * microsecondsPerValue, `${user + system} µs for ${JSON.stringify(element)}`);
  }
});

test('a refusal checks only the elements of a long list that the validator refused', () => {
  const check = createValueCheck(contract, { $ref: '#/components/schemas/CreateResponseRequest' });
  const input: unknown[] = Array.from({ length: 30_000 }, () => ({ role: 'user', content: 'a' }));
  input.push({ role: 'user', content: [{ type: 'nope' }] });
  const before = process.cpuUsage();
  assert.throws(() => check({ input }), { param: 'input[30000].content[0].type' });
  const { user, system } = process.cpuUsage(before);
  assert.ok(user + system < 1_000_000, `${user + system} µs`);
});
