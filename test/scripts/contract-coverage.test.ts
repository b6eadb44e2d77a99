import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureCoverage, unsentFacts } from '../../scripts/contract-coverage.ts';
import type { OpenApiDocument } from '../../src/contract/document.ts';
import { loadContract } from '../../src/contract/load-contract.ts';

const constant = (key: string, value: string) => ({ type: 'object', properties: { [key]: { const: value } } });

/** One operation that streams two kinds of events, one that doesn't stream. */
const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: { title: 'Small', version: '1' },
  paths: {
    '/turns': {
      post: {
        operationId: 'createTurn',
        responses: { '200': { content: { 'text/event-stream': { 'x-event-schema': { $ref: '#/components/schemas/Event' } } } } },
      },
    },
    '/turns/{id}': { get: { operationId: 'getTurn', responses: { '200': {} } } },
  },
  components: {
    schemas: {
      Event: { oneOf: [{ $ref: '#/components/schemas/Begun' }, constant('object', 'piece'), { type: 'object' }] },
      Begun: constant('type', 'turn.begun'),
    },
  },
};
const everything = [
  'operation createTurn 200',
  'operation getTurn 404',
  'event createTurn turn.begun',
  'event createTurn piece',
  'event createTurn error',
];

test('passes if every operation and every event was exercised', () => {
  const coverage = measureCoverage(document, { facts: new Set(everything), unsent: {} });
  assert.deepEqual(coverage.missing, []);
  assert.deepEqual(coverage.stale, []);
  assert.deepEqual(
    [...coverage.operations],
    [
      ['createTurn', ['200']],
      ['getTurn', ['404']],
    ],
  );
  assert.equal(coverage.events.length, 3);
});

for (const fact of everything) {
  test(`reports what is missing without "${fact}"`, () => {
    const facts = new Set(everything.filter((other) => other !== fact));
    const { missing } = measureCoverage(document, { facts, unsent: {} });
    assert.deepEqual(missing, [fact.startsWith('operation') ? fact.split(' ').slice(0, 2).join(' ') : fact]);
  });
}

test('allows an exempted event to be missing', () => {
  const facts = new Set(everything.filter((fact) => !fact.endsWith('turn.begun')));
  const { missing } = measureCoverage(document, { facts, unsent: { 'createTurn turn.*': 'not built' } });
  assert.deepEqual(missing, []);
});

test('reports an exemption that is outdated or matches nothing', () => {
  const facts = new Set(everything);
  const { stale } = measureCoverage(document, { facts, unsent: { 'createTurn piece': 'x', 'createTurn gone': 'x' } });
  assert.deepEqual(stale, ['createTurn piece', 'createTurn gone']);
});

test("finds the real contract's operations and events", () => {
  const { missing, stale } = measureCoverage(loadContract().document, { facts: new Set(), unsent: unsentFacts });
  assert.ok(missing.includes('operation createResponse'));
  assert.ok(missing.includes('event createResponse response.output_text.delta'));
  assert.ok(missing.includes('event createChatCompletion chat.completion.chunk'));
  assert.ok(!missing.includes('event createResponse response.image_generation_call.completed'));
  assert.deepEqual(stale, []);
});
