import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';

const contract = loadContract();

test('every operation is listed with its method and path, what it needs, and whether it has a body', () => {
  const listed = contract.operations.map(({ operationId, method, path, secured, hasBody }) => [
    operationId,
    `${method} ${path}`,
    secured ? 'key' : 'open',
    hasBody ? 'body' : 'no body',
  ]);
  assert.deepEqual(listed.toSorted(), [
    ['createChatCompletion', 'post /v1/chat/completions', 'key', 'body'],
    ['createResponse', 'post /v1/responses', 'key', 'body'],
    ['deleteResponse', 'delete /v1/responses/{response_id}', 'key', 'no body'],
    ['getHealth', 'get /health', 'open', 'no body'],
    ['getModel', 'get /v1/models/{model}', 'key', 'no body'],
    ['getReadiness', 'get /ready', 'open', 'no body'],
    ['getResponse', 'get /v1/responses/{response_id}', 'key', 'no body'],
    ['listModels', 'get /v1/models', 'key', 'no body'],
  ]);
});

test('fixed paths come before those with a parameter that would take them', () => {
  const paths = contract.operations.map(({ path }) => path);
  for (const [index, path] of paths.entries()) {
    const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    const hidden = paths.slice(index + 1).filter((later) => !later.includes('{') && pattern.test(later));
    assert.deepEqual(hidden, [], `hidden by ${path}`);
  }
});

test('the JSON text is the document', () => assert.deepEqual(JSON.parse(contract.json), contract.document));
