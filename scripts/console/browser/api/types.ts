import type { components, operations } from '../../../../generated/openapi.d.ts';

export type Schemas = components['schemas'];

export type Run = Schemas['Run'];
export type RunDetails = Schemas['RunDetails'];
export type RunCall = Schemas['RunCall'];
export type RunStatus = Schemas['RunStatus'];
export type Approval = Schemas['Approval'];
export type ApprovalAnswer = Schemas['AnswerApprovalRequest'];
export type StoredResponse = Schemas['ResponseResource'];
export type ResponseSummary = Schemas['ResponseSummary'];
export type ConversationSummary = Schemas['ConversationSummary'];
export type ResponseTree = Schemas['ResponseTree'];
export type TreeNode = Schemas['ResponseTreeNode'];
export type Load = Schemas['Load'];
export type LoadPeak = Schemas['LoadPeak'];
export type LoadPoint = Schemas['LoadPoint'];
export type AgentList = Schemas['AgentList'];
export type TenantList = Schemas['TenantList'];

/** The query of an operation. */
export type QueryOf<Id extends keyof operations> = NonNullable<operations[Id]['parameters']['query']>;

/** An item as it is shown: its type decides which fields it has, and agents may send types of their own. */
export interface Item {
  type: string;
  [field: string]: unknown;
}

/** One page of items. */
export interface ItemPage {
  data: Item[];
  last_id: string | null;
  has_more: boolean;
}
