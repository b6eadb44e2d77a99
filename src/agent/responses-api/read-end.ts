import { ApiError } from '../../errors/api-error.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { AgentEvent } from '../agent-client.ts';
import { type Fields, toFields, toStringOf } from '../fields.ts';
import { fromStreamError } from '../upstream/errors/from-stream-error.ts';
import { fromUsage } from '../upstream/from-usage.ts';
import { toAgentState } from './agent-state.ts';
import type { CallState } from './read-calls.ts';
import type { ReaderOptions } from './reader-options.ts';

/**
 * Reads the end of a response; `fallback` is the status that its event names. Returns a function that makes the last
 * events, which depend on the calls that are left to run. Throws an ApiError for a response that failed or was cancelled.
 */
export function readEnd(
  response: Fields,
  fallback: unknown,
  { agent, isStored }: Pick<ReaderOptions, 'agent' | 'isStored'>,
): (calls: CallState) => AgentEvent[] {
  const status = response['status'] ?? fallback;
  if (status !== 'completed' && status !== 'incomplete') throw toFailure(response, status);
  const id = toStringOf(response['id']);
  return (calls) => [
    ...(isStored && id !== '' ? [{ type: 'agent-state' as const, state: toAgentState(agent, id) }] : []),
    ...toUsage(response['usage']),
    status === 'completed'
      ? toCompletedEnd(calls)
      : toIncompleteEnd(toFields(response['incomplete_details'])['reason']),
  ];
}

function toFailure({ error }: Fields, status: unknown): ApiError {
  if (error) return fromStreamError(error);
  if (status === 'cancelled') return new ApiError('upstream_error', 'The agent cancelled the response.');
  if (status === 'failed') return new ApiError('upstream_error', 'The agent failed without giving a reason.');
  return new ApiError('upstream_error', "The agent's answer ended without a final status.");
}

/** An answer that ends in a call of a tool that was not offered is incomplete: no client runs it. */
function toCompletedEnd(calls: CallState): AgentEvent {
  if (calls === 'agent') return { type: 'run-end', reason: 'incomplete', detail: 'unanswered_tool_call' };
  return { type: 'run-end', reason: calls === 'client' ? 'tool-calls' : 'stop' };
}

function toIncompleteEnd(reason: unknown): AgentEvent {
  if (reason === 'max_output_tokens') return { type: 'run-end', reason: 'length' };
  if (reason === 'content_filter') return { type: 'run-end', reason: 'content-filter' };
  const detail = typeof reason === 'string' && reason !== '' ? reason : undefined;
  return { type: 'run-end', reason: 'incomplete', ...omitUndefined({ detail }) };
}

function toUsage(counts: unknown): AgentEvent[] {
  const usage = fromUsage(toFields(counts));
  return usage === undefined ? [] : [{ type: 'usage', usage }];
}
