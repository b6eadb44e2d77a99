import { toFlatName } from '../../tools/flat-name.ts';
import type { AgentPart } from '../agent-client.ts';
import { toFields, toStringOf } from '../fields.ts';
import { toDenial } from '../request/to-denial.ts';
import { toResponseItems } from '../request/to-response-items.ts';
import type { LoopState } from './loop-state.ts';
import type { OfferedTools } from './offered-tools.ts';

type Item = Record<string, unknown>;

interface ItemSources {
  offered: OfferedTools;
  /** The labels of the servers that this server runs. */
  labels: ReadonlySet<string>;
  state: LoopState;
}

/** Returns items of a history in which the calls of our servers are calls of functions, as the agent made them. */
export function toFunctionItems(items: readonly Item[], { offered, labels, state }: ItemSources): Item[] {
  const asked = new Set(items.filter(isOurs).map(({ id }) => id));
  return items.flatMap((item): Item[] => {
    const { type, id, server_label: label, name: tool, arguments: text, approval_request_id: approval } = item;
    if (type === 'mcp_approval_response' && asked.has(approval)) return toAnswer(item, state);
    const hosted = toFields(item['agent_call']);
    if (typeof hosted['name'] === 'string') return toHostedItems(id, hosted);
    if (!labels.has(toStringOf(label))) return [item];
    const server = toStringOf(label);
    const name = offered.namesOf({ server, tool: toStringOf(tool) })[0] ?? toFlatName(toStringOf(tool), server);
    switch (type) {
      case 'mcp_list_tools':
        return [];
      case 'mcp_approval_request':
        return [{ type: 'function_call', call_id: id, name, arguments: text }];
      case 'mcp_call': {
        const output = toOutput(approval ?? id, toStringOf(item['output'] ?? item['error']));
        return approval ? [output] : [{ type: 'function_call', call_id: id, name, arguments: text }, output];
      }
      default:
        return [item];
    }
  });

  function isOurs({ type, server_label: label }: Item): boolean {
    return type === 'mcp_approval_request' && labels.has(toStringOf(label));
  }
}

/** Returns the result of a call that was denied in an earlier turn. The results of this turn follow its items. */
function toAnswer({ approval_request_id: id, approve, reason }: Item, state: LoopState): Item[] {
  if (approve !== false || state.hasAnswered(toStringOf(id))) return [];
  return [toOutput(id, toDenial(toStringOf(reason)))];
}

/** Returns the call of an MCP tool that stood for a hosted tool, with its result. */
function toHostedItems(id: unknown, { name, arguments: text, content }: Item): Item[] {
  const result = toResponseItems([{ role: 'tool', callId: toStringOf(id), content: [...(content as AgentPart[])] }]);
  return [{ type: 'function_call', call_id: id, name, arguments: text }, ...result];
}

const toOutput = (callId: unknown, output: string): Item => ({ type: 'function_call_output', call_id: callId, output });

/** Returns the results of calls as items. */
export function toOutputItems(callIds: readonly string[], state: LoopState): Item[] {
  return toResponseItems(
    callIds.flatMap((callId) => {
      const content = state.resultOf(callId);
      return content ? [{ role: 'tool' as const, callId, content: [...content] }] : [];
    }),
  );
}
