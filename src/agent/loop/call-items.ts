import { createItemId } from '../../ids.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { AgentEvent } from '../agent-client.ts';
import { toHostedEvents } from './hosted-items.ts';
import { toItemEvent } from './item-event.ts';
import type { PlannedCall } from './journal-step.ts';
import type { ServerTool } from './loop-request.ts';
import { toResultText } from './result-text.ts';
import type { ToolProgress, ToolResult } from './tool-session.ts';

/* The items and events of the tool loop, in OpenAI's shapes. */

/** Returns the events that begin a call. */
export function toCallStart(call: PlannedCall): AgentEvent[] {
  const hosted = toHostedEvents(call);
  if (hosted) return hosted.start();
  const { itemId, arguments: text } = call;
  return [
    { type: 'item-start', key: itemId, item: { ...toCallItem(call), arguments: '', status: 'in_progress' } },
    toItemEvent(itemId, 'response.mcp_call.in_progress'),
    toItemEvent(itemId, 'response.mcp_call_arguments.delta', { delta: text }),
    toItemEvent(itemId, 'response.mcp_call_arguments.done', { arguments: text }),
  ];
}

export const toCallProgress = ({ itemId }: PlannedCall, { progress, total, message }: ToolProgress): AgentEvent =>
  toItemEvent(itemId, 'talaria:mcp_call.progress', { progress, ...omitUndefined({ total, message }) });

/** Returns the events that end a call. */
export function toCallEnd(call: PlannedCall, result: ToolResult): AgentEvent[] {
  const hosted = toHostedEvents(call);
  if (hosted) return hosted.end(result);
  const { content, isError } = result;
  const { itemId } = call;
  const text = toResultText(content);
  const outcome = isError ? { error: text, output: null } : { error: null, output: text };
  const status = isError ? 'failed' : 'completed';
  return [
    toItemEvent(itemId, `response.mcp_call.${status}`),
    { type: 'item-end', key: itemId, item: { ...toCallItem(call), ...outcome, status } },
  ];
}

/** Returns the events of a call of an unknown tool, which belongs to no server. */
export function toUnknownCall({ callId, tool, arguments: text }: PlannedCall, { content }: ToolResult): AgentEvent[] {
  return [
    { type: 'tool-call-start', callId, name: tool, agentRuns: true },
    { type: 'tool-call-delta', callId, arguments: text },
    { type: 'tool-call-end', callId },
    { type: 'tool-result', callId, output: toResultText(content) },
  ];
}

/** Returns the events of a list, which is whole. */
export function toListEvents(server: string, tools: readonly ServerTool[], error?: string): AgentEvent[] {
  const id = createItemId('mcpl');
  const item = { type: 'mcp_list_tools', id, server_label: server };
  return [
    { type: 'item-start', key: id, item: { ...item, tools: [] } },
    toItemEvent(id, 'response.mcp_list_tools.in_progress'),
    toItemEvent(id, `response.mcp_list_tools.${error === undefined ? 'completed' : 'failed'}`),
    { type: 'item-end', key: id, item: { ...item, tools: tools.map(toListedTool), ...omitUndefined({ error }) } },
  ];
}

/** Returns the events of an approval request, which is whole. */
export function toApprovalEvents(call: PlannedCall & { approvalId: string }): AgentEvent[] {
  const { approvalId: id, server, tool, arguments: text, provider: provider_data } = call;
  const item = {
    type: 'mcp_approval_request',
    id,
    server_label: server,
    name: tool,
    arguments: text,
    ...omitUndefined({ provider_data }),
  };
  return [
    { type: 'item-start', key: id, item },
    { type: 'item-end', key: id, item },
  ];
}

function toCallItem(call: PlannedCall): Record<string, unknown> {
  const { itemId, server, tool, arguments: text, approvalId, provider: provider_data } = call;
  return {
    type: 'mcp_call',
    id: itemId,
    approval_request_id: approvalId ?? null,
    arguments: text,
    error: null,
    name: tool,
    output: null,
    server_label: server,
    ...omitUndefined({ provider_data }),
  };
}

/** Omits what a tool lacks. OpenAI's types allow null there, and the AI SDK fails a stream that has it. */
const toListedTool = ({ name, description, inputSchema, annotations }: ServerTool): Record<string, unknown> =>
  omitUndefined({ name, description, input_schema: inputSchema, annotations });
