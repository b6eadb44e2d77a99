/** The object that a sample creates first: its request has the ID in its path, or finds the object. */
export type Setup = 'response' | 'background' | 'long' | 'conversation';

export interface RequestPlan {
  setup?: Setup;
  query?: string;
  body?: Record<string, unknown>;
}

/** The operations that OpenAI's packages have no methods for. Their samples differ only in this. */
export const requestPlans: Record<string, RequestPlan> = {
  listRuns: { setup: 'background', query: 'limit=10' },
  getRun: { setup: 'background' },
  cancelRun: { setup: 'long' },
  steerRun: { setup: 'long', body: { input: 'Only the last quarter, please.' } },
  repeatRun: { setup: 'background' },
  listApprovals: { query: 'status=pending' },
  listAllResponses: { setup: 'response', query: 'text=joke&limit=10' },
  getAnyResponse: { setup: 'response' },
  deleteAnyResponse: { setup: 'response' },
  listAnyInputItems: { setup: 'response' },
  getResponseTree: { setup: 'response' },
  listAllConversations: { setup: 'conversation', query: 'limit=10' },
  deleteAnyConversation: { setup: 'conversation' },
  listAnyConversationItems: { setup: 'conversation' },
  getLoad: { query: 'period=day' },
  listAgents: {},
  listTenants: {},
  getRules: {},
  replaceRules: {
    body: { rules: [{ name: 'refund', when: { message: '*refund*' }, reply: { text: 'Done.' } }] },
  },
  resetRules: {},
  listJournalEntries: { setup: 'response', query: 'limit=10' },
  resetJournal: {},
  verifyRequests: { setup: 'response', body: { match: { operation: 'createResponse' }, at_least: 1 } },
  waitForRequests: {
    setup: 'response',
    body: { match: { operation: 'createResponse', outcome: 'completed' }, timeout_ms: 10000 },
  },
  getHealth: {},
  getReadiness: {},
};

/** A request of a sample. An `id` in the path is the variable of that name. */
export interface SampleRequest {
  method: string;
  /** Split where the ID goes. */
  path: [before: string, after: string | undefined];
  /** Whether it needs the key of an operator. */
  operator: boolean;
  plan: RequestPlan;
}

/** The requests that create what a sample needs. */
export const setups: Record<Setup, { path: string; body: Record<string, unknown>; comment?: string }> = {
  response: { path: '/v1/responses', body: { input: 'Tell me a joke.' } },
  background: { path: '/v1/responses', body: { input: 'Tell me a joke.', background: true } },
  long: {
    path: '/v1/responses',
    body: { input: '/tokens 1000 delay 20ms', background: true },
    comment: 'A script for the offline agent: an answer that takes 20 seconds.',
  },
  conversation: {
    path: '/v1/conversations',
    body: { items: [{ role: 'user', content: 'I grow roses.' }] },
  },
};

export const address = 'http://127.0.0.1:8642';
