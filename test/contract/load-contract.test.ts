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
    ['cancelResponse', 'post /v1/responses/{response_id}/cancel', 'key', 'no body'],
    ['compactResponse', 'post /v1/responses/compact', 'key', 'body'],
    ['countInputTokens', 'post /v1/responses/input_tokens', 'key', 'body'],
    ['createChatCompletion', 'post /v1/chat/completions', 'key', 'body'],
    ['createConversation', 'post /v1/conversations', 'key', 'body'],
    ['createConversationItems', 'post /v1/conversations/{conversation_id}/items', 'key', 'body'],
    ['createResponse', 'post /v1/responses', 'key', 'body'],
    ['deleteChatCompletion', 'delete /v1/chat/completions/{completion_id}', 'key', 'no body'],
    ['deleteConversation', 'delete /v1/conversations/{conversation_id}', 'key', 'no body'],
    ['deleteConversationItem', 'delete /v1/conversations/{conversation_id}/items/{item_id}', 'key', 'no body'],
    ['deleteResponse', 'delete /v1/responses/{response_id}', 'key', 'no body'],
    ['getChatCompletion', 'get /v1/chat/completions/{completion_id}', 'key', 'no body'],
    ['getConversation', 'get /v1/conversations/{conversation_id}', 'key', 'no body'],
    ['getConversationItem', 'get /v1/conversations/{conversation_id}/items/{item_id}', 'key', 'no body'],
    ['getHealth', 'get /health', 'open', 'no body'],
    ['getModel', 'get /v1/models/{model}', 'key', 'no body'],
    ['getReadiness', 'get /ready', 'open', 'no body'],
    ['getResponse', 'get /v1/responses/{response_id}', 'key', 'no body'],
    ['listChatCompletionMessages', 'get /v1/chat/completions/{completion_id}/messages', 'key', 'no body'],
    ['listChatCompletions', 'get /v1/chat/completions', 'key', 'no body'],
    ['listConversationItems', 'get /v1/conversations/{conversation_id}/items', 'key', 'no body'],
    ['listInputItems', 'get /v1/responses/{response_id}/input_items', 'key', 'no body'],
    ['listModels', 'get /v1/models', 'key', 'no body'],
    ['updateChatCompletion', 'post /v1/chat/completions/{completion_id}', 'key', 'body'],
    ['updateConversation', 'post /v1/conversations/{conversation_id}', 'key', 'body'],
  ]);
});

test('fixed paths come before templates that match them', () => {
  const paths = [...new Set(contract.operations.map(({ path }) => path))];
  for (const [index, path] of paths.entries()) {
    const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    const hidden = paths.slice(index + 1).filter((later) => !later.includes('{') && pattern.test(later));
    assert.deepEqual(hidden, [], `hidden by ${path}`);
  }
});

test('the JSON text is the document', () => assert.deepEqual(JSON.parse(contract.json), contract.document));
