import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadContract } from '../../../src/contract/load-contract.ts';
import { createOperationFinder } from '../../../src/record/check/find-operation.ts';

const contract = loadContract();

test("the path of the URL replaces /v1 in the contract's paths", () => {
  const cases: [base: string, method: string, path: string, operationId: string | undefined][] = [
    ['/v1', 'POST', '/v1/responses', 'createResponse'],
    ['/v1/', 'POST', '/v1/responses?stream=true', 'createResponse'],
    ['/', 'POST', '/v1/responses', 'createResponse'],
    ['/', 'POST', '/responses', undefined],
    ['/api/openai', 'POST', '/api/openai/chat/completions', 'createChatCompletion'],
    ['/api/openai/v1', 'GET', '/api/openai/v1/models/a', 'getModel'],
    ['/api/openai/v1', 'GET', '/v1/models', 'listModels'],
    ['/v1', 'GET', '/v1/responses/resp_1/input_items', 'listInputItems'],
    ['/v1', 'POST', '/v1/responses/compact', 'compactResponse'],
    ['/v1', 'DELETE', '/v1/responses/resp_1', 'deleteResponse'],
    ['/v1', 'GET', '/health', 'getHealth'],
    ['/v1', 'GET', '/v1/responses', undefined],
    ['/v1', 'PUT', '/v1/responses', undefined],
    ['/v1', 'POST', '/v1/embeddings', undefined],
    ['/v1', 'POST', '/v11/responses', undefined],
  ];
  for (const [base, method, path, operationId] of cases) {
    const found = createOperationFinder(contract, base)(method, path);
    assert.equal(found?.operationId, operationId, `${method} ${path} below ${base}`);
  }
});
