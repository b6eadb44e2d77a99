import ts from 'typescript';
import type { ContractDocument, Operation } from '../breaking/document.ts';
import type { SdkTypes } from './read-sdk.ts';

interface SdkClass {
  module: string;
  name: string;
  /** Our operation for each method. */
  operations: Record<string, string>;
}

/** The classes of the package whose methods are the operations of our contract. */
export const classes: readonly SdkClass[] = [
  {
    module: 'responses/responses',
    name: 'Responses',
    operations: {
      create: 'createResponse',
      retrieve: 'getResponse',
      delete: 'deleteResponse',
      cancel: 'cancelResponse',
      compact: 'compactResponse',
    },
  },
  { module: 'responses/input-items', name: 'InputItems', operations: { list: 'listInputItems' } },
  { module: 'responses/input-tokens', name: 'InputTokens', operations: { count: 'countInputTokens' } },
  {
    module: 'chat/completions/completions',
    name: 'Completions',
    operations: {
      create: 'createChatCompletion',
      retrieve: 'getChatCompletion',
      update: 'updateChatCompletion',
      list: 'listChatCompletions',
      delete: 'deleteChatCompletion',
    },
  },
  { module: 'chat/completions/messages', name: 'Messages', operations: { list: 'listChatCompletionMessages' } },
  {
    module: 'conversations/conversations',
    name: 'Conversations',
    operations: {
      create: 'createConversation',
      retrieve: 'getConversation',
      update: 'updateConversation',
      delete: 'deleteConversation',
    },
  },
  {
    module: 'conversations/items',
    name: 'Items',
    operations: {
      create: 'createConversationItems',
      retrieve: 'getConversationItem',
      list: 'listConversationItems',
      delete: 'deleteConversationItem',
    },
  },
  { module: 'models', name: 'Models', operations: { retrieve: 'getModel', list: 'listModels' } },
];

/** Lists the methods of the package that are no operation of our contract, as `method Class.name`. */
export function listMethods(document: ContractDocument, sdk: SdkTypes): string[] {
  const ours = new Set(
    Object.values(document.paths)
      .flatMap((path) => Object.values(path))
      .map((operation) => (operation as Partial<Operation>).operationId),
  );
  return classes.flatMap(({ module, name, operations }) =>
    methodsOf(sdk, sdk.typeOf(module, name))
      .filter((method) => !ours.has(operations[method] ?? ''))
      .map((method) => `method ${name}.${method}`),
  );
}

function methodsOf({ checker }: SdkTypes, type: ts.Type): string[] {
  return checker
    .getPropertiesOfType(type)
    .filter((property) => (property.flags & ts.SymbolFlags.Method) !== 0 && !property.name.startsWith('_'))
    .map(({ name }) => name);
}
