/** Two descriptions of the same thing: a type of the openai package and schemas of our contract. */
export interface Root {
  /** Starts the path of every difference. */
  name: string;
  /** Below `openai/resources`. */
  module: string;
  /** The exported type. */
  type: string;
  /** The names of our schemas. */
  schemas: string[];
  /** Our operation whose query parameters count as fields. */
  queryOf?: string;
}

const chat = 'chat/completions/completions';
const chatMessages = 'chat/completions/messages';
const responses = 'responses/responses';
const conversations = 'conversations/conversations';
const items = 'conversations/items';
const webhooks = 'webhooks/webhooks';

const schema = (name: string, module: string, type: string, ...schemas: string[]): Root => ({
  name,
  module,
  type,
  schemas,
});
const query = (queryOf: string, module: string, type: string, ...schemas: string[]): Root => ({
  name: queryOf,
  module,
  type,
  schemas,
  queryOf,
});

/** Everything that is compared. A type reached from several roots is reported under the first. */
export const roots: readonly Root[] = [
  schema('tool', responses, 'Tool', 'Tool'),
  schema('tool in a reply', responses, 'Tool', 'ToolEcho'),
  schema('input item', responses, 'ResponseInputItem', 'InputItem'),
  schema('item', responses, 'ResponseItem', 'Item'),
  schema('item', responses, 'ResponseOutputItem', 'OutputItem'),
  schema('response request', responses, 'ResponseCreateParams', 'CreateResponseRequest'),
  schema('response', responses, 'Response', 'ResponseResource'),
  schema('event', responses, 'ResponseStreamEvent', 'ResponseStreamEvent'),
  schema('input items', 'responses/input-items', 'ResponseItemList', 'ItemList'),
  schema('count request', 'responses/input-tokens', 'InputTokenCountParams', 'CountInputTokensRequest'),
  schema('count', 'responses/input-tokens', 'InputTokenCountResponse', 'InputTokenCount'),
  schema('compact request', responses, 'ResponseCompactParams', 'CompactResponseRequest'),
  schema('compacted', responses, 'CompactedResponse', 'CompactedResponse'),
  schema('socket client', responses, 'ResponsesClientEvent', 'WebSocketClientMessage'),
  schema('socket server', responses, 'ResponsesServerEvent', 'WebSocketServerMessage', 'WebSocketErrorEvent'),
  query('getResponse', responses, 'ResponseRetrieveParams'),
  query('listInputItems', 'responses/input-items', 'InputItemListParams'),
  schema('chat request', chat, 'ChatCompletionCreateParams', 'CreateChatCompletionRequest'),
  schema('chat completion', chat, 'ChatCompletion', 'ChatCompletion'),
  schema('chat chunk', chat, 'ChatCompletionChunk', 'ChatCompletionChunk'),
  schema('chat update', chat, 'ChatCompletionUpdateParams', 'UpdateChatCompletionRequest'),
  schema('stored chat message', chat, 'ChatCompletionStoreMessage', 'StoredChatMessage'),
  schema('deleted chat completion', chat, 'ChatCompletionDeleted', 'DeletedChatCompletion'),
  query('listChatCompletions', chat, 'ChatCompletionListParams'),
  query('listChatCompletionMessages', chatMessages, 'MessageListParams'),
  schema('conversation request', conversations, 'ConversationCreateParams', 'CreateConversationRequest'),
  schema('conversation update', conversations, 'ConversationUpdateParams', 'UpdateConversationRequest'),
  schema('conversation', conversations, 'Conversation', 'Conversation'),
  schema('deleted conversation', conversations, 'ConversationDeletedResource', 'DeletedConversation'),
  schema('conversation item', items, 'ConversationItem', 'Item'),
  schema('conversation items', items, 'ConversationItemList', 'ItemList'),
  query('createConversationItems', items, 'ItemCreateParams', 'CreateConversationItemsRequest'),
  query('getConversationItem', items, 'ItemRetrieveParams'),
  query('listConversationItems', items, 'ItemListParams'),
  schema('model', 'models', 'Model', 'Model'),
  schema('webhook', webhooks, 'ResponseCompletedWebhookEvent', 'ResponseCompletedWebhookEvent'),
  schema('webhook', webhooks, 'ResponseFailedWebhookEvent', 'ResponseFailedWebhookEvent'),
  schema('webhook', webhooks, 'ResponseIncompleteWebhookEvent', 'ResponseIncompleteWebhookEvent'),
  schema('webhook', webhooks, 'ResponseCancelledWebhookEvent', 'ResponseCancelledWebhookEvent'),
];
