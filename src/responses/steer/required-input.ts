import type { Schemas } from '../../contract/types.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { OutputItem } from '../responses-deps.ts';

type RequiredInput = Schemas['SteerRequiredInput'];

/**
 * Returns what the client must send before a response can be continued: the outputs of its tools, and the answers to
 * approval requests. An asynchronous call may be answered later, and one that was cut short never.
 */
export function toRequiredInput(output: readonly (OutputItem | StoredItem)[]): RequiredInput[] {
  const items: readonly StoredItem[] = output;
  const answered = new Set(items.filter(isOutput).map((item) => item['call_id']));
  return items.flatMap((item) => {
    const isOpen = !answered.has(item['call_id']) && item['async'] !== true && item['status'] !== 'incomplete';
    const required = isOutput(item) || !isOpen ? undefined : toStub(item);
    return required ? [required] : [];
  });
}

const isOutput = ({ type }: StoredItem): boolean => typeof type === 'string' && type.endsWith('_output');

function toStub(item: StoredItem): RequiredInput | undefined {
  const call_id = String(item['call_id']);
  switch (item['type']) {
    case 'function_call':
      return { type: 'function_call_output', call_id, name: String(item['name']) };
    case 'custom_tool_call':
      return { type: 'custom_tool_call_output', call_id };
    case 'computer_call':
      return { type: 'computer_call_output', call_id };
    case 'shell_call':
      return { type: 'shell_call_output', call_id };
    case 'apply_patch_call':
      return { type: 'apply_patch_call_output', call_id };
    case 'tool_search_call':
      return item['execution'] === 'client' ? { type: 'tool_search_output', call_id, execution: 'client' } : undefined;
    case 'mcp_approval_request':
      return { type: 'mcp_approval_response', approval_request_id: String(item['id']) };
    default:
      return undefined;
  }
}
