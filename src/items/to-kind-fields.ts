import type { Schemas } from '../contract/types.ts';
import { toStoredParts } from './to-stored-parts.ts';
import { toToolEcho } from './to-tool-echo.ts';
import { toUpdateFields } from './to-update-fields.ts';

type Element = Exclude<Schemas['InputItem'], string>;

const roles = ['unknown', 'user', 'assistant', 'system', 'critic', 'discriminator', 'developer', 'tool'];

/** Returns the fields that an item of this type always has, omitted ones included. `param` is its path, for errors. */
export function toKindFields(element: Element, param: string): Record<string, unknown> {
  switch (element.type) {
    case 'reasoning':
      return { summary: element.summary ?? [] };
    case 'function_call_output':
    case 'custom_tool_call_output': {
      const { output, call_id } = element;
      const parts = { author: 'client' as const, param: `${param}.output` };
      return { call_id: call_id ?? '', output: typeof output === 'string' ? output : toStoredParts(output, parts) };
    }
    case 'additional_tools': {
      const role = element.role ?? 'developer';
      return { role: roles.includes(role) ? role : 'unknown', tools: element.tools.map(toToolEcho) };
    }
    case 'configuration_update':
      return toUpdateFields(element, param);
    case 'tool_search_call':
      return { call_id: element.call_id ?? null, execution: element.execution ?? 'client' };
    case 'tool_search_output': {
      const { call_id, execution, tools } = element;
      return { call_id: call_id ?? null, execution: execution ?? 'client', tools: tools.map(toToolEcho) };
    }
    case 'code_interpreter_call':
      return { code: element.code ?? null, outputs: element.outputs ?? null };
    case 'mcp_approval_response':
      return { reason: element.reason ?? null };
    case 'image_generation_call':
      return { result: element.result ?? null };
    case 'shell_call':
      return { environment: element.environment ?? null };
    case 'shell_call_output':
      return { max_output_length: element.max_output_length ?? null };
    default:
      return {};
  }
}
