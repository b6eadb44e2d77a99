import type { OutputItem } from '../responses-deps.ts';
import type { EventOf, Sink } from './event-sink.ts';
import { type ItemEvent, writeAdded, writeDone } from './open-item.ts';

export type McpEvent =
  | ItemEvent
  | EventOf<
      | 'response.mcp_list_tools.in_progress'
      | 'response.mcp_list_tools.completed'
      | 'response.mcp_list_tools.failed'
      | 'response.mcp_call.in_progress'
      | 'response.mcp_call_arguments.delta'
      | 'response.mcp_call_arguments.done'
      | 'response.mcp_call.completed'
      | 'response.mcp_call.failed'
    >;

type ItemOf<Type extends OutputItem['type']> = Extract<OutputItem, { type: Type }>;

/** Writes the events of a finished list of an MCP server's tools. */
export function replayMcpList(sink: Sink<McpEvent>, index: number, item: ItemOf<'mcp_list_tools'>): void {
  const { error: _error, ...rest } = item;
  const locate = () => ({ sequence_number: sink.number(), item_id: item.id, output_index: index });
  writeAdded(sink, index, { ...rest, tools: [] });
  sink.add({ type: 'response.mcp_list_tools.in_progress', ...locate() });
  sink.add({ type: item.error ? 'response.mcp_list_tools.failed' : 'response.mcp_list_tools.completed', ...locate() });
  writeDone(sink, index, item);
}

/** Writes the events of a call of an MCP tool that is over. Its progress is not stored. */
export function replayMcpCall(sink: Sink<McpEvent>, index: number, item: ItemOf<'mcp_call'>): void {
  const { output: _output, error: _error, arguments: text, ...rest } = item;
  const locate = () => ({ sequence_number: sink.number(), item_id: item.id, output_index: index });
  writeAdded(sink, index, { ...rest, arguments: '', status: 'in_progress' });
  sink.add({ type: 'response.mcp_call.in_progress', ...locate() });
  sink.add({ type: 'response.mcp_call_arguments.delta', ...locate(), delta: text });
  sink.add({ type: 'response.mcp_call_arguments.done', ...locate(), arguments: text });
  if (item.status === 'completed') sink.add({ type: 'response.mcp_call.completed', ...locate() });
  if (item.status === 'failed') sink.add({ type: 'response.mcp_call.failed', ...locate() });
  writeDone(sink, index, item);
}
