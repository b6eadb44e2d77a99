import assert from 'node:assert/strict';
import type { AgentEvent, AgentUsage } from '../../src/agent/agent-client.ts';
import type { JournalStep } from '../../src/agent/loop/journal-step.ts';
import { ApiError } from '../../src/errors/api-error.ts';
import { createResponseId } from '../../src/ids.ts';
import { ResponseAssembler } from '../../src/responses/events/response-assembler.ts';
import { toResource } from '../../src/responses/plan/to-resource.ts';
import type { ResponseEvent, ResponseResource } from '../../src/responses/responses-deps.ts';
import { ToolSet } from '../../src/tools/tool-set.ts';
import { findOperation, StreamChecker } from '../helpers/contract-check.ts';

export const usage: AgentUsage = { inputTokens: 5, cachedInputTokens: 2, outputTokens: 7, reasoningTokens: 3 };

export interface AssemblerSettings {
  asSummary?: boolean;
  tools?: ToolSet;
  seal?: (text: string) => string;
  /** The steps of earlier executions. */
  journal?: readonly JournalStep[];
}

export function createAssembler(settings: AssemblerSettings = {}) {
  const { asSummary = false, tools = new ToolSet(), seal, journal = [] } = settings;
  const facts = { id: createResponseId(), createdAt: 1_700_000_000, model: 'test', instructions: null };
  const resource = toResource({ input: 'Hello' }, { ...facts, conversationId: undefined });
  return new ResponseAssembler(resource, { tools, reasoningAsSummary: asSummary, seal, journal });
}

export interface AssembleOptions extends AssemblerSettings {
  /** Ends the response as broken off. */
  broken?: boolean;
}

/** The whole stream of a run, checked against the contract and the rules of a stream. */
export function assemble(batches: readonly AgentEvent[][], options: AssembleOptions = {}): ResponseEvent[] {
  const assembler = createAssembler(options);
  const events = assembler.start();
  for (const batch of batches) events.push(...assembler.take(batch));
  if (options.broken) events.push(...assembler.fail(new ApiError('upstream_error', 'It broke.')));
  else events.push(...assembler.end(assembler.outcome.usage ?? usage, 1_700_000_009));
  checkStream(events);
  return events;
}

function checkStream(events: ResponseEvent[]): void {
  const operation = findOperation('POST', '/v1/responses');
  assert.ok(operation);
  const checker = new StreamChecker(operation);
  for (const event of events) checker.event(event.type, JSON.stringify(event));
  checker.event(undefined, '[DONE]');
  checker.end();
}

/** The response of the terminal event. */
export function finalOf(events: ResponseEvent[]): ResponseResource {
  const last = events.at(-1);
  assert.ok(last && 'response' in last);
  return last.response;
}

/** Types of the events between the first two and the last. */
export function typesOf(events: ResponseEvent[]): string[] {
  return events.slice(2, -1).map((event) => event.type.replace(/^response\./, ''));
}

export const text = (value: string): AgentEvent[] => [
  { type: 'text-start' },
  { type: 'text-delta', text: value },
  { type: 'text-end' },
];

export const call = (callId: string, json: string): AgentEvent[] => [
  { type: 'tool-call-start', callId, name: 'get_weather' },
  { type: 'tool-call-delta', callId, arguments: json },
  { type: 'tool-call-end', callId },
];

export const end = (reason: 'stop' | 'tool-calls' | 'length' | 'content-filter'): AgentEvent[] => [
  { type: 'run-end', reason },
];
