import type { StoredItem } from '../../store/stored-item.ts';
import type { ResponseRequest, ResponsesDeps } from '../responses-deps.ts';

export interface JoiningTurn {
  request: ResponseRequest;
  /** The turn's own items. */
  input: readonly StoredItem[];
  /** Whether the agent speaks the Responses API. It receives items. */
  speaksResponses: boolean;
  /** Whether the turn needs the items of its history, for a compaction. */
  needsItems: boolean;
}

/** Whether a turn can use its history as text: nothing in it depends on earlier items, except for open calls. */
export function joinsHistory(
  { request, input, speaksResponses, needsItems }: JoiningTurn,
  { memory }: Pick<ResponsesDeps, 'memory'>,
): boolean {
  if (speaksResponses || needsItems || request.context_management?.length) return false;
  // The connection keeps the items of a chain that the store lacks.
  if (memory && request.store === false) return false;
  return input.every((item) => isFromSystem(item) || isNext(item)) && input.some(isNext);
}

/** Whether the outputs of a turn answer the open calls of its history, and no other calls. */
export function answersAll(input: readonly StoredItem[], openCalls: readonly string[]): boolean {
  const answered = new Set(input.filter(isOutput).map((item) => item['call_id']));
  return answered.size === openCalls.length && openCalls.every((id) => answered.has(id));
}

/** Whether an item follows any answer: an assistant's own item could be a part of it. */
const isNext = (item: StoredItem): boolean => isOutput(item) || (item['type'] === 'message' && item['role'] === 'user');

const isFromSystem = ({ type, role }: StoredItem): boolean =>
  type === 'message' && (role === 'system' || role === 'developer');

const isOutput = ({ type }: StoredItem): boolean =>
  type === 'function_call_output' || type === 'custom_tool_call_output';
