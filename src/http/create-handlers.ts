import type { Handlers } from '../contract/operations.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { createChatCompletion } from './handlers/create-chat-completion.ts';
import { createResponse } from './handlers/create-response.ts';
import { deleteResponse } from './handlers/delete-response.ts';
import { getHealth } from './handlers/get-health.ts';
import { getModel } from './handlers/get-model.ts';
import { getReadiness } from './handlers/get-readiness.ts';
import { getResponse } from './handlers/get-response.ts';
import { listModels } from './handlers/list-models.ts';

/** The handler of every operation. An operation of the contract that is missing here does not compile. */
export function createHandlers(deps: HandlerDeps): Handlers {
  return {
    createChatCompletion: createChatCompletion(deps),
    createResponse: createResponse(deps),
    deleteResponse: deleteResponse(deps),
    getHealth: getHealth(deps),
    getModel: getModel(deps),
    getReadiness: getReadiness(deps),
    getResponse: getResponse(deps),
    listModels: listModels(deps),
  };
}
