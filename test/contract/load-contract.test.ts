import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRoutes } from '../../src/contract/compare-routes.ts';
import { loadContract } from '../../src/contract/load-contract.ts';

const contract = loadContract();

test('every operation is listed with its method and path, what it needs, and whether it has a body', () => {
  const listed = contract.operations.map(({ operationId, method, path, access, hasBody }) => [
    operationId,
    `${method} ${path}`,
    access === 'anyone' ? 'open' : access === 'tenant' ? 'key' : 'operator',
    hasBody ? 'body' : 'no body',
  ]);
  assert.deepEqual(listed.toSorted(), [
    ['answerApproval', 'post /admin/v1/approvals/{approval_id}/answer', 'operator', 'body'],
    ['cancelResponse', 'post /v1/responses/{response_id}/cancel', 'key', 'no body'],
    ['cancelRun', 'post /admin/v1/runs/{run_id}/cancel', 'operator', 'no body'],
    ['compactResponse', 'post /v1/responses/compact', 'key', 'body'],
    ['countInputTokens', 'post /v1/responses/input_tokens', 'key', 'body'],
    ['createChatCompletion', 'post /v1/chat/completions', 'key', 'body'],
    ['createConversation', 'post /v1/conversations', 'key', 'body'],
    ['createConversationItems', 'post /v1/conversations/{conversation_id}/items', 'key', 'body'],
    ['createResponse', 'post /v1/responses', 'key', 'body'],
    ['deleteAnyConversation', 'delete /admin/v1/conversations/{conversation_id}', 'operator', 'no body'],
    ['deleteAnyResponse', 'delete /admin/v1/responses/{response_id}', 'operator', 'no body'],
    ['deleteChatCompletion', 'delete /v1/chat/completions/{completion_id}', 'key', 'no body'],
    ['deleteConversation', 'delete /v1/conversations/{conversation_id}', 'key', 'no body'],
    ['deleteConversationItem', 'delete /v1/conversations/{conversation_id}/items/{item_id}', 'key', 'no body'],
    ['deleteResponse', 'delete /v1/responses/{response_id}', 'key', 'no body'],
    ['getAnyResponse', 'get /admin/v1/responses/{response_id}', 'operator', 'no body'],
    ['getApproval', 'get /admin/v1/approvals/{approval_id}', 'operator', 'no body'],
    ['getChatCompletion', 'get /v1/chat/completions/{completion_id}', 'key', 'no body'],
    ['getConversation', 'get /v1/conversations/{conversation_id}', 'key', 'no body'],
    ['getConversationItem', 'get /v1/conversations/{conversation_id}/items/{item_id}', 'key', 'no body'],
    ['getHealth', 'get /health', 'open', 'no body'],
    ['getJournalEntry', 'get /admin/v1/journal/{entry_id}', 'operator', 'no body'],
    ['getLoad', 'get /admin/v1/load', 'operator', 'no body'],
    ['getModel', 'get /v1/models/{model}', 'key', 'no body'],
    ['getReadiness', 'get /ready', 'open', 'no body'],
    ['getResponse', 'get /v1/responses/{response_id}', 'key', 'no body'],
    ['getResponseTree', 'get /admin/v1/responses/{response_id}/tree', 'operator', 'no body'],
    ['getRules', 'get /admin/v1/rules', 'operator', 'no body'],
    ['getRun', 'get /admin/v1/runs/{run_id}', 'operator', 'no body'],
    ['listAgents', 'get /admin/v1/agents', 'operator', 'no body'],
    ['listAllConversations', 'get /admin/v1/conversations', 'operator', 'no body'],
    ['listAllResponses', 'get /admin/v1/responses', 'operator', 'no body'],
    ['listAnyConversationItems', 'get /admin/v1/conversations/{conversation_id}/items', 'operator', 'no body'],
    ['listAnyInputItems', 'get /admin/v1/responses/{response_id}/input_items', 'operator', 'no body'],
    ['listApprovals', 'get /admin/v1/approvals', 'operator', 'no body'],
    ['listChatCompletionMessages', 'get /v1/chat/completions/{completion_id}/messages', 'key', 'no body'],
    ['listChatCompletions', 'get /v1/chat/completions', 'key', 'no body'],
    ['listConversationItems', 'get /v1/conversations/{conversation_id}/items', 'key', 'no body'],
    ['listInputItems', 'get /v1/responses/{response_id}/input_items', 'key', 'no body'],
    ['listJournalEntries', 'get /admin/v1/journal', 'operator', 'no body'],
    ['listModels', 'get /v1/models', 'key', 'no body'],
    ['listRuns', 'get /admin/v1/runs', 'operator', 'no body'],
    ['listTenants', 'get /admin/v1/tenants', 'operator', 'no body'],
    ['repeatRun', 'post /admin/v1/runs/{run_id}/repeat', 'operator', 'no body'],
    ['replaceRules', 'put /admin/v1/rules', 'operator', 'body'],
    ['resetJournal', 'delete /admin/v1/journal', 'operator', 'no body'],
    ['resetRules', 'delete /admin/v1/rules', 'operator', 'no body'],
    ['steerRun', 'post /admin/v1/runs/{run_id}/steer', 'operator', 'body'],
    ['updateChatCompletion', 'post /v1/chat/completions/{completion_id}', 'key', 'body'],
    ['updateConversation', 'post /v1/conversations/{conversation_id}', 'key', 'body'],
    ['verifyRequests', 'post /admin/v1/journal/verify', 'operator', 'body'],
    ['waitForRequests', 'post /admin/v1/journal/wait', 'operator', 'body'],
  ]);
});

test('literal paths come before templates that match them', () => {
  const paths = [...new Set(contract.operations.map(({ path }) => path))];
  for (const [index, path] of paths.entries()) {
    const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    const hidden = paths.slice(index + 1).filter((later) => !later.includes('{') && pattern.test(later));
    assert.deepEqual(hidden, [], `hidden by ${path}`);
  }
});

test('routes are ordered by their segments, those of clients first', () => {
  const sorted = ['/a', '/a/b', '/a/b/{x}', '/a/{x}', '/a/{x}/b', '/a/{x}/{y}', '/{x}/b'];
  assert.deepEqual(sorted.toReversed().sort(compareRoutes), sorted);
  assert.deepEqual(['/a/{long_name}/b', '/a/{x}/a'].sort(compareRoutes), ['/a/{x}/a', '/a/{long_name}/b']);
  const paths = contract.operations.map(({ path }) => path);
  const groups = Map.groupBy(paths, (path) => path.split('/', 2)[1]);
  assert.deepEqual([...groups.keys()], ['v1', 'admin', 'health', 'ready']);
  assert.deepEqual(
    paths,
    [...groups.values()].flatMap((group) => group.toSorted(compareRoutes)),
  );
});

test('the JSON text is the document', () => assert.deepEqual(JSON.parse(contract.readJson()), contract.document));
