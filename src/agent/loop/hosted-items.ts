import type { ItemIdPrefix } from '../../ids.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { interruptedCall } from '../../tools/interrupted-call.ts';
import type { AgentEvent, AgentPart } from '../agent-client.ts';
import { findHostedKind, type HostedKind } from './hosted-kinds.ts';
import { toItemEvent } from './item-event.ts';
import type { PlannedCall } from './journal-step.ts';
import { parseArguments } from './parse-arguments.ts';
import type { ToolResult } from './tool-session.ts';

type Fields = Record<string, unknown>;

/** The events of an MCP tool's call that comes out as the call of a hosted tool, in OpenAI's shape. */
export interface HostedEvents {
  start(): AgentEvent[];
  end(result: ToolResult): AgentEvent[];
}

/** Returns the events of a call that stands for a hosted tool, if its arguments fit that tool. */
export function toHostedEvents(call: PlannedCall): HostedEvents | undefined {
  const found = findFitting(call);
  return found && createEvents(call, found.kind, found.fields);
}

/** Returns the fields of a planned call that say how it comes out. */
export function toHostedFields(
  hosted: string | undefined,
  include: readonly string[],
): Pick<PlannedCall, 'hosted' | 'isDetailed'> {
  if (hosted === undefined) return {};
  const isDetailed = include.includes(findHostedKind(hosted)?.include ?? '');
  return isDetailed ? { hosted, isDetailed } : { hosted };
}

/** Returns the prefix of the id of its item. */
export const toItemPrefix = (call: Omit<PlannedCall, 'itemId'>): ItemIdPrefix =>
  findFitting(call)?.kind.idPrefix ?? 'mcp';

function findFitting(call: Omit<PlannedCall, 'itemId'>): { kind: HostedKind; fields: Fields } | undefined {
  const kind = call.hosted === undefined ? undefined : findHostedKind(call.hosted);
  const args = kind && parseArguments(call.arguments);
  const fields = args && kind.begin(args, call.server);
  return kind && fields && { kind, fields };
}

function createEvents(call: PlannedCall, kind: HostedKind, fields: Fields): HostedEvents {
  const { itemId: id, hosted: name = '', arguments: text, isDetailed = false, provider: provider_data } = call;
  const data = omitUndefined({ provider_data });
  const toItem = (status: string, changes: Fields = {}) => ({
    type: kind.item,
    id,
    status,
    ...fields,
    ...changes,
    ...data,
  });
  const toModelCall = (content: readonly AgentPart[]) => ({ name, arguments: text, content });
  const toEvent = (type: string, more?: Fields) => toItemEvent(id, `response.${kind.item}${type}`, more);
  return {
    start: () => [
      {
        type: 'item-start',
        key: id,
        item: toItem('in_progress'),
        call: toModelCall([{ type: 'text', text: interruptedCall }]),
      },
      toEvent('.in_progress'),
      ...(kind.introduce?.(fields) ?? []).map(([type, more]) => toEvent(`_${type}`, more)),
      toEvent(`.${kind.running}`),
    ],
    end(result) {
      const changes = kind.end(fields, result, isDetailed);
      const item = toItem(result.isError ? 'failed' : 'completed', changes);
      return [
        // OpenAI's API has no event for a hosted call that failed.
        ...(result.isError ? [] : [toEvent('.completed')]),
        { type: 'item-end', key: id, item, call: toModelCall(result.content) },
      ];
    },
  };
}
