// Generated from openapi.yaml by scripts/generate.ts. Do not edit.

import type { OperationId } from './types.ts';

export type OperationMethod = 'get' | 'post' | 'delete';

export const operationPaths: Record<OperationId, { method: OperationMethod; path: string }> = {
  createResponse: { method: 'post', path: '/v1/responses' },
  getResponse: { method: 'get', path: '/v1/responses/{response_id}' },
  deleteResponse: { method: 'delete', path: '/v1/responses/{response_id}' },
  cancelResponse: { method: 'post', path: '/v1/responses/{response_id}/cancel' },
  listInputItems: { method: 'get', path: '/v1/responses/{response_id}/input_items' },
  countInputTokens: { method: 'post', path: '/v1/responses/input_tokens' },
  compactResponse: { method: 'post', path: '/v1/responses/compact' },
  createConversation: { method: 'post', path: '/v1/conversations' },
  getConversation: { method: 'get', path: '/v1/conversations/{conversation_id}' },
  updateConversation: { method: 'post', path: '/v1/conversations/{conversation_id}' },
  deleteConversation: { method: 'delete', path: '/v1/conversations/{conversation_id}' },
  createConversationItems: { method: 'post', path: '/v1/conversations/{conversation_id}/items' },
  listConversationItems: { method: 'get', path: '/v1/conversations/{conversation_id}/items' },
  getConversationItem: { method: 'get', path: '/v1/conversations/{conversation_id}/items/{item_id}' },
  deleteConversationItem: { method: 'delete', path: '/v1/conversations/{conversation_id}/items/{item_id}' },
  createChatCompletion: { method: 'post', path: '/v1/chat/completions' },
  listChatCompletions: { method: 'get', path: '/v1/chat/completions' },
  getChatCompletion: { method: 'get', path: '/v1/chat/completions/{completion_id}' },
  updateChatCompletion: { method: 'post', path: '/v1/chat/completions/{completion_id}' },
  deleteChatCompletion: { method: 'delete', path: '/v1/chat/completions/{completion_id}' },
  listChatCompletionMessages: { method: 'get', path: '/v1/chat/completions/{completion_id}/messages' },
  listModels: { method: 'get', path: '/v1/models' },
  getModel: { method: 'get', path: '/v1/models/{model}' },
  getHealth: { method: 'get', path: '/health' },
  getReadiness: { method: 'get', path: '/ready' },
};
