import { type Query, type Sending, send } from './send.ts';
import type {
  AgentList,
  Approval,
  ApprovalAnswer,
  ItemPage,
  Load,
  QueryOf,
  ResponseTree,
  RunDetails,
  Schemas,
  StoredResponse,
  TenantList,
} from './types.ts';

/** The operations of operators, by their names in the contract. */

export const listRuns = (query: QueryOf<'listRuns'>, signal?: AbortSignal) =>
  read<Schemas['RunList']>('runs', query, signal);

export const getRun = (id: string, signal?: AbortSignal) => read<RunDetails>(`runs/${encode(id)}`, {}, signal);

export const cancelRun = (id: string) => act<Schemas['Run']>(`runs/${encode(id)}/cancel`);

export const steerRun = (id: string, input: string) =>
  act<Schemas['SteeredRun']>(`runs/${encode(id)}/steer`, { body: { input } });

export const repeatRun = (id: string) => act<StoredResponse>(`runs/${encode(id)}/repeat`);

export const listApprovals = (query: QueryOf<'listApprovals'>, signal?: AbortSignal) =>
  read<Schemas['ApprovalList']>('approvals', query, signal);

export const getApproval = (id: string, signal?: AbortSignal) => read<Approval>(`approvals/${encode(id)}`, {}, signal);

export const answerApproval = (id: string, body: ApprovalAnswer) =>
  act<StoredResponse>(`approvals/${encode(id)}/answer`, { body });

export const listAllResponses = (query: QueryOf<'listAllResponses'>, signal?: AbortSignal) =>
  read<Schemas['ResponseSummaryList']>('responses', query, signal);

export const getAnyResponse = (id: string, signal?: AbortSignal) =>
  read<StoredResponse>(`responses/${encode(id)}`, {}, signal);

/** Opens the events of a response after the one with the number `after`. */
export const streamAnyResponse = (id: string, after: number, signal: AbortSignal) =>
  send(`responses/${encode(id)}`, { query: { stream: true, starting_after: after < 0 ? null : after }, signal });

export const deleteAnyResponse = (id: string) =>
  act<Schemas['DeletedResponse']>(`responses/${encode(id)}`, { method: 'DELETE' });

export const listAnyInputItems = (id: string, query: QueryOf<'listAnyInputItems'>, signal?: AbortSignal) =>
  read<ItemPage>(`responses/${encode(id)}/input_items`, query, signal);

export const getResponseTree = (id: string, signal?: AbortSignal) =>
  read<ResponseTree>(`responses/${encode(id)}/tree`, {}, signal);

export const listAllConversations = (query: QueryOf<'listAllConversations'>, signal?: AbortSignal) =>
  read<Schemas['ConversationSummaryList']>('conversations', query, signal);

export const deleteAnyConversation = (id: string) =>
  act<Schemas['DeletedConversation']>(`conversations/${encode(id)}`, { method: 'DELETE' });

export const listAnyConversationItems = (
  id: string,
  query: QueryOf<'listAnyConversationItems'>,
  signal?: AbortSignal,
) => read<ItemPage>(`conversations/${encode(id)}/items`, query, signal);

export const getLoad = (query: QueryOf<'getLoad'>, signal?: AbortSignal) => read<Load>('load', query, signal);

export const listAgents = (signal?: AbortSignal) => read<AgentList>('agents', {}, signal);

export const listTenants = (signal?: AbortSignal) => read<TenantList>('tenants', {}, signal);

const encode = encodeURIComponent;

const read = async <T>(path: string, query: Query, signal: AbortSignal | undefined): Promise<T> =>
  (await send(path, { query, signal })).json();

const act = async <T>(path: string, sending: Sending = {}): Promise<T> =>
  (await send(path, { method: 'POST', ...sending })).json();
