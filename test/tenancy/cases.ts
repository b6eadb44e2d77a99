import type { OperationId } from '../../src/contract/types.ts';
import type { Call, Estate } from './estate.ts';

/** A request that names an object; `own` is the caller's own estate. */
export interface Case {
  name: string;
  call(theirs: Estate, own: Estate): Call;
  /** Status for the owner; 200 by default. */
  ownStatus?: number;
  /** Status for other tenants; 404 by default. */
  status?: number;
}

/** How an operation could access another tenant's objects: by ids, as a list, or not at all, with the reason. */
export type OperationCases =
  | { names: readonly Case[] }
  | { lists: string }
  | { namesNothing: string }
  /** An operation of operators, which no tenant may use. */
  | { operates(estate: Estate): Call };

const refer = (id: string) => [{ type: 'item_reference', id }];
const messages = [{ role: 'user', content: 'Hi' }];

/** The ways in which a turn can continue earlier ones. */
function turnCases(path: string, fields: object = {}): Case[] {
  const post = (body: object): Call => ({ method: 'POST', path, body: { input: 'Hi', ...fields, ...body } });
  return [
    { name: 'previous_response_id', call: ({ response }) => post({ previous_response_id: response }) },
    { name: 'an item_reference to what was given', call: ({ inputItem }) => post({ input: refer(inputItem) }) },
    { name: 'an item_reference to what was said', call: ({ outputItem }) => post({ input: refer(outputItem) }) },
    {
      name: 'an item_reference into a conversation',
      call: ({ conversationItem }) => post({ input: refer(conversationItem) }),
    },
  ];
}

function conversationCases(path: string, fields: object = {}): Case[] {
  const post = (body: object): Call => ({ method: 'POST', path, body: { input: 'Hi', ...fields, ...body } });
  return [
    { name: 'conversation', call: ({ conversation }) => post({ conversation }) },
    { name: 'conversation as an object', call: ({ conversation }) => post({ conversation: { id: conversation } }) },
  ];
}

function itemReferenceCases(call: (items: object[], own: Estate) => Call): Case[] {
  return (['inputItem', 'outputItem', 'conversationItem'] as const).map((kind) => ({
    name: `an item_reference to the ${kind}`,
    call: (theirs, own) => call(refer(theirs[kind]), own),
  }));
}

const modelCase = (path: string, fields: object): Case => ({
  name: 'the model of an agent that it may not use',
  call: ({ agent }) => ({ method: 'POST', path, body: { ...fields, model: `${agent}/offline` } }),
});

const streamed = (cases: Case[]): Case[] => cases.map((each) => ({ ...each, name: `${each.name}, streamed` }));

/** One entry per operation of the contract; a missing one does not compile. */
export const operationCases: Record<OperationId, OperationCases> = {
  createResponse: {
    names: [
      ...turnCases('/v1/responses'),
      ...conversationCases('/v1/responses'),
      ...streamed(turnCases('/v1/responses', { stream: true })),
      ...streamed(conversationCases('/v1/responses', { stream: true })),
      modelCase('/v1/responses', { input: 'Hi' }),
    ],
  },
  getResponse: {
    names: [
      { name: 'the id', call: ({ response }) => ({ path: `/v1/responses/${response}` }) },
      { name: 'the id, to follow it', call: ({ response }) => ({ path: `/v1/responses/${response}?stream=true` }) },
      {
        name: 'the id, to follow it from an event on',
        call: ({ response }) => ({ path: `/v1/responses/${response}?stream=true&starting_after=2` }),
      },
    ],
  },
  deleteResponse: {
    names: [{ name: 'the id', call: ({ response }) => ({ method: 'DELETE', path: `/v1/responses/${response}` }) }],
  },
  cancelResponse: {
    names: [
      {
        name: 'the id',
        call: ({ response }) => ({ method: 'POST', path: `/v1/responses/${response}/cancel` }),
        // It has ended: only background responses can be cancelled. The mixed tests cover an active one.
        ownStatus: 400,
      },
    ],
  },
  listInputItems: {
    names: [
      { name: 'the id', call: ({ response }) => ({ path: `/v1/responses/${response}/input_items` }) },
      {
        name: 'a place in the list',
        call: ({ inputItem }, own) => ({ path: `/v1/responses/${own.response}/input_items?after=${inputItem}` }),
        status: 400,
      },
    ],
  },
  countInputTokens: {
    names: [...turnCases('/v1/responses/input_tokens'), ...conversationCases('/v1/responses/input_tokens')],
  },
  compactResponse: {
    names: [
      ...turnCases('/v1/responses/compact', { model: 'offline' }),
      modelCase('/v1/responses/compact', { input: 'Hi' }),
    ],
  },
  createConversation: {
    names: itemReferenceCases((items) => ({ method: 'POST', path: '/v1/conversations', body: { items } })),
  },
  getConversation: {
    names: [{ name: 'the id', call: ({ conversation }) => ({ path: `/v1/conversations/${conversation}` }) }],
  },
  updateConversation: {
    names: [
      {
        name: 'the id',
        call: ({ conversation }) => ({
          method: 'POST',
          path: `/v1/conversations/${conversation}`,
          body: { metadata: { touched: 'yes' } },
        }),
      },
    ],
  },
  deleteConversation: {
    names: [
      {
        name: 'the id',
        call: ({ conversation }) => ({ method: 'DELETE', path: `/v1/conversations/${conversation}` }),
      },
    ],
  },
  createConversationItems: {
    names: [
      {
        name: 'the id',
        call: ({ conversation }) => ({
          method: 'POST',
          path: `/v1/conversations/${conversation}/items`,
          body: { items: [{ type: 'message', role: 'user', content: 'Mine now.' }] },
        }),
      },
      ...itemReferenceCases((items, own) => ({
        method: 'POST',
        path: `/v1/conversations/${own.conversation}/items`,
        body: { items },
      })),
    ],
  },
  listConversationItems: {
    names: [
      { name: 'the id', call: ({ conversation }) => ({ path: `/v1/conversations/${conversation}/items` }) },
      {
        name: 'a place in the list',
        call: ({ conversationItem }, own) => ({
          path: `/v1/conversations/${own.conversation}/items?after=${conversationItem}`,
        }),
        status: 400,
      },
    ],
  },
  getConversationItem: {
    names: [
      {
        name: 'both ids',
        call: ({ conversation, conversationItem }) => ({
          path: `/v1/conversations/${conversation}/items/${conversationItem}`,
        }),
      },
      {
        name: 'the id of the item in a conversation of its own',
        call: ({ conversationItem }, own) => ({
          path: `/v1/conversations/${own.conversation}/items/${conversationItem}`,
        }),
      },
    ],
  },
  deleteConversationItem: {
    names: [
      {
        name: 'both ids',
        call: ({ conversation, conversationItem }) => ({
          method: 'DELETE',
          path: `/v1/conversations/${conversation}/items/${conversationItem}`,
        }),
      },
      {
        name: 'the id of the item in a conversation of its own',
        call: ({ conversationItem }, own) => ({
          method: 'DELETE',
          path: `/v1/conversations/${own.conversation}/items/${conversationItem}`,
        }),
      },
    ],
  },
  createChatCompletion: {
    // As with createResponse, the case of an Idempotency-Key belongs here.
    names: [modelCase('/v1/chat/completions', { messages })],
  },
  listChatCompletions: { lists: '/v1/chat/completions' },
  getChatCompletion: {
    names: [{ name: 'the id', call: ({ completion }) => ({ path: `/v1/chat/completions/${completion}` }) }],
  },
  updateChatCompletion: {
    names: [
      {
        name: 'the id',
        call: ({ completion }) => ({
          method: 'POST',
          path: `/v1/chat/completions/${completion}`,
          body: { metadata: { touched: 'yes' } },
        }),
      },
    ],
  },
  deleteChatCompletion: {
    names: [
      { name: 'the id', call: ({ completion }) => ({ method: 'DELETE', path: `/v1/chat/completions/${completion}` }) },
    ],
  },
  listChatCompletionMessages: {
    names: [{ name: 'the id', call: ({ completion }) => ({ path: `/v1/chat/completions/${completion}/messages` }) }],
  },
  listModels: { lists: '/v1/models' },
  getModel: {
    names: [
      {
        name: 'the model of an agent that it may not use',
        call: ({ agent }) => ({ path: `/v1/models/${encodeURIComponent(`${agent}-model`)}` }),
      },
    ],
  },
  listRuns: { operates: () => ({ path: '/admin/v1/runs' }) },
  getRun: { operates: ({ response }) => ({ path: `/admin/v1/runs/${response}` }) },
  cancelRun: { operates: ({ response }) => ({ method: 'POST', path: `/admin/v1/runs/${response}/cancel` }) },
  steerRun: {
    operates: ({ response }) => ({ method: 'POST', path: `/admin/v1/runs/${response}/steer`, body: { input: 'Hi' } }),
  },
  repeatRun: { operates: ({ response }) => ({ method: 'POST', path: `/admin/v1/runs/${response}/repeat` }) },
  listApprovals: { operates: () => ({ path: '/admin/v1/approvals' }) },
  getApproval: { operates: () => ({ path: '/admin/v1/approvals/mcpr_0' }) },
  answerApproval: {
    operates: () => ({ method: 'POST', path: '/admin/v1/approvals/mcpr_0/answer', body: { approve: true } }),
  },
  listAllResponses: { operates: () => ({ path: '/admin/v1/responses' }) },
  getAnyResponse: { operates: ({ response }) => ({ path: `/admin/v1/responses/${response}` }) },
  deleteAnyResponse: { operates: ({ response }) => ({ method: 'DELETE', path: `/admin/v1/responses/${response}` }) },
  listAnyInputItems: { operates: ({ response }) => ({ path: `/admin/v1/responses/${response}/input_items` }) },
  getResponseTree: { operates: ({ response }) => ({ path: `/admin/v1/responses/${response}/tree` }) },
  listAllConversations: { operates: () => ({ path: '/admin/v1/conversations' }) },
  deleteAnyConversation: {
    operates: ({ conversation }) => ({ method: 'DELETE', path: `/admin/v1/conversations/${conversation}` }),
  },
  listAnyConversationItems: {
    operates: ({ conversation }) => ({ path: `/admin/v1/conversations/${conversation}/items` }),
  },
  getLoad: { operates: () => ({ path: '/admin/v1/load' }) },
  listJournalEntries: { operates: () => ({ path: '/admin/v1/journal' }) },
  getJournalEntry: { operates: () => ({ path: '/admin/v1/journal/req_0' }) },
  resetJournal: { operates: () => ({ method: 'DELETE', path: '/admin/v1/journal' }) },
  verifyRequests: { operates: () => ({ method: 'POST', path: '/admin/v1/journal/verify', body: {} }) },
  waitForRequests: { operates: () => ({ method: 'POST', path: '/admin/v1/journal/wait', body: { timeout_ms: 0 } }) },
  getRules: { operates: () => ({ path: '/admin/v1/rules' }) },
  replaceRules: { operates: () => ({ method: 'PUT', path: '/admin/v1/rules', body: { rules: [] } }) },
  resetRules: { operates: () => ({ method: 'DELETE', path: '/admin/v1/rules' }) },
  listAgents: { operates: () => ({ path: '/admin/v1/agents' }) },
  listTenants: { operates: () => ({ path: '/admin/v1/tenants' }) },
  getHealth: { namesNothing: 'it answers everyone alike, with no key' },
  getReadiness: { namesNothing: 'it answers everyone alike, with no key' },
};
