import type { Handlers } from '../contract/operations.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { answerApproval } from './handlers/admin/answer-approval.ts';
import { asConversationOwner, asResponseOwner } from './handlers/admin/as-owner.ts';
import { cancelRun } from './handlers/admin/cancel-run.ts';
import { getApproval } from './handlers/admin/get-approval.ts';
import { getLoad } from './handlers/admin/get-load.ts';
import { getResponseTree } from './handlers/admin/get-response-tree.ts';
import { getRun } from './handlers/admin/get-run.ts';
import { getJournalEntry } from './handlers/admin/journal/get-journal-entry.ts';
import { listJournalEntries } from './handlers/admin/journal/list-journal-entries.ts';
import { resetJournal } from './handlers/admin/journal/reset-journal.ts';
import { verifyRequests } from './handlers/admin/journal/verify-requests.ts';
import { waitForRequests } from './handlers/admin/journal/wait-for-requests.ts';
import { listAgents } from './handlers/admin/list-agents.ts';
import { listAllConversations } from './handlers/admin/list-all-conversations.ts';
import { listAllResponses } from './handlers/admin/list-all-responses.ts';
import { listApprovals } from './handlers/admin/list-approvals.ts';
import { listRuns } from './handlers/admin/list-runs.ts';
import { listTenants } from './handlers/admin/list-tenants.ts';
import { repeatRun } from './handlers/admin/repeat-run.ts';
import { getRules } from './handlers/admin/rules/get-rules.ts';
import { replaceRules } from './handlers/admin/rules/replace-rules.ts';
import { resetRules } from './handlers/admin/rules/reset-rules.ts';
import { steerRun } from './handlers/admin/steer-run.ts';
import { cancelResponse } from './handlers/cancel-response.ts';
import { compactResponse } from './handlers/compact-response.ts';
import { countInputTokens } from './handlers/count-input-tokens.ts';
import { createChatCompletion } from './handlers/create-chat-completion.ts';
import { createConversation } from './handlers/create-conversation.ts';
import { createConversationItems } from './handlers/create-conversation-items.ts';
import { createResponse } from './handlers/create-response.ts';
import { deleteChatCompletion } from './handlers/delete-chat-completion.ts';
import { deleteConversation } from './handlers/delete-conversation.ts';
import { deleteConversationItem } from './handlers/delete-conversation-item.ts';
import { deleteResponse } from './handlers/delete-response.ts';
import { getChatCompletion } from './handlers/get-chat-completion.ts';
import { getConversation } from './handlers/get-conversation.ts';
import { getConversationItem } from './handlers/get-conversation-item.ts';
import { getHealth } from './handlers/get-health.ts';
import { getModel } from './handlers/get-model.ts';
import { getReadiness } from './handlers/get-readiness.ts';
import { getResponse } from './handlers/get-response.ts';
import { listChatCompletionMessages } from './handlers/list-chat-completion-messages.ts';
import { listChatCompletions } from './handlers/list-chat-completions.ts';
import { listConversationItems } from './handlers/list-conversation-items.ts';
import { listInputItems } from './handlers/list-input-items.ts';
import { listModels } from './handlers/list-models.ts';
import { updateChatCompletion } from './handlers/update-chat-completion.ts';
import { updateConversation } from './handlers/update-conversation.ts';

/** Creates the handler of every operation. A missing operation is a compile error. */
export function createHandlers(deps: HandlerDeps): Handlers {
  return {
    answerApproval: answerApproval(deps),
    cancelRun: cancelRun(deps),
    getApproval: getApproval(deps),
    getJournalEntry: getJournalEntry(deps),
    getLoad: getLoad(deps),
    getResponseTree: getResponseTree(deps),
    getRules: getRules(deps),
    getRun: getRun(deps),
    listAgents: listAgents(deps),
    listAllConversations: listAllConversations(deps),
    listAllResponses: listAllResponses(deps),
    listApprovals: listApprovals(deps),
    listJournalEntries: listJournalEntries(deps),
    listRuns: listRuns(deps),
    listTenants: listTenants(deps),
    repeatRun: repeatRun(deps),
    resetJournal: resetJournal(deps),
    replaceRules: replaceRules(deps),
    resetRules: resetRules(deps),
    steerRun: steerRun(deps),
    verifyRequests: verifyRequests(deps),
    waitForRequests: waitForRequests(deps),
    deleteAnyConversation: asConversationOwner<'deleteAnyConversation'>(deleteConversation(deps), deps),
    deleteAnyResponse: asResponseOwner<'deleteAnyResponse'>(deleteResponse(deps), deps),
    getAnyResponse: asResponseOwner<'getAnyResponse'>(getResponse(deps), deps),
    listAnyConversationItems: asConversationOwner<'listAnyConversationItems'>(listConversationItems(deps), deps),
    listAnyInputItems: asResponseOwner<'listAnyInputItems'>(listInputItems(deps), deps),
    cancelResponse: cancelResponse(deps),
    compactResponse: compactResponse(deps),
    countInputTokens: countInputTokens(deps),
    createChatCompletion: createChatCompletion(deps),
    createConversation: createConversation(deps),
    createConversationItems: createConversationItems(deps),
    createResponse: createResponse(deps),
    deleteChatCompletion: deleteChatCompletion(deps),
    deleteConversation: deleteConversation(deps),
    deleteConversationItem: deleteConversationItem(deps),
    deleteResponse: deleteResponse(deps),
    getChatCompletion: getChatCompletion(deps),
    getConversation: getConversation(deps),
    getConversationItem: getConversationItem(deps),
    getHealth: getHealth(deps),
    getModel: getModel(deps),
    getReadiness: getReadiness(deps),
    getResponse: getResponse(deps),
    listChatCompletionMessages: listChatCompletionMessages(deps),
    listChatCompletions: listChatCompletions(deps),
    listConversationItems: listConversationItems(deps),
    listInputItems: listInputItems(deps),
    listModels: listModels(deps),
    updateChatCompletion: updateChatCompletion(deps),
    updateConversation: updateConversation(deps),
  };
}
