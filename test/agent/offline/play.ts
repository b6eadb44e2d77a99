import assert from 'node:assert/strict';
import type { AgentEvent, AgentEventBatch, AgentMessage, AgentRequest } from '../../../src/agent/agent-client.ts';
import { createOfflineAgent } from '../../../src/agent/offline/offline-agent.ts';

export type RequestParts = Partial<AgentRequest>;

export const userMessage = (text: string): AgentMessage => ({ role: 'user', content: [{ type: 'text', text }] });

/** Returns the turn after a message: the agent's tool calls and their results. */
export function toolRound(results: Record<string, string>): AgentMessage[] {
  const names = Object.keys(results);
  return [
    {
      role: 'assistant',
      content: [],
      toolCalls: names.map((name) => ({ callId: `call_${name}`, name, arguments: '{}' })),
    },
    ...Object.entries(results).map(
      ([name, text]): AgentMessage => ({ role: 'tool', callId: `call_${name}`, content: [{ type: 'text', text }] }),
    ),
  ];
}

function toRequest(text: string, parts: RequestParts = {}): AgentRequest {
  return {
    messages: [userMessage(text)],
    tools: [],
    toolChoice: 'auto',
    settings: {},
    sessionId: 'sess_test',
    watched: false,
    ...parts,
  };
}

/** Starts a run of a new offline agent. */
export function start(
  text: string,
  parts: RequestParts = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<AsyncIterable<AgentEventBatch>> {
  return createOfflineAgent().run(toRequest(text, parts), { signal });
}

/** Runs to the end and checks the order of events that consumers rely on. */
export async function play(text: string, parts: RequestParts = {}): Promise<AgentEvent[]> {
  const batches = await collect(await start(text, parts));
  assert.ok(batches.every((batch) => batch.length > 0));
  const events = batches.flat();
  assertOrder(events);
  return events;
}

/** Reads a run to its end. */
export async function collect(run: AsyncIterable<AgentEventBatch>): Promise<AgentEventBatch[]> {
  const batches: AgentEventBatch[] = [];
  for await (const batch of run) batches.push(batch);
  return batches;
}

/** Joins the texts of one kind of delta. */
export function textOf(events: AgentEvent[], type: 'text-delta' | 'reasoning-delta' | 'refusal-delta'): string {
  return events.map((event) => (event.type === type ? event.text : '')).join('');
}

export const argumentsOf = (events: AgentEvent[]): string[] => callsOf(events).map((call) => call.arguments);

export function callsOf(events: AgentEvent[]): { name: string; arguments: string }[] {
  const calls = new Map<string, { name: string; arguments: string }>();
  for (const event of events) {
    if (event.type === 'tool-call-start') calls.set(event.callId, { name: event.name, arguments: '' });
    const call = event.type === 'tool-call-delta' ? calls.get(event.callId) : undefined;
    if (event.type === 'tool-call-delta' && call) call.arguments += event.arguments;
  }
  return [...calls.values()];
}

export function usageOf(events: AgentEvent[]) {
  const event = events.find((candidate) => candidate.type === 'usage');
  assert.ok(event);
  return event.usage;
}

export function reasonOf(events: AgentEvent[]): string {
  const last = events.at(-1);
  assert.ok(last?.type === 'run-end');
  return last.reason;
}

/** Checks the order that `AgentEvent` guarantees: blocks opened, filled and closed, one usage, a final run-end. */
export function assertOrder(events: AgentEvent[]): void {
  const open = new Set<string>();
  const ended = new Set<string>();
  for (const event of events.slice(0, -2)) {
    const [, name = '', verb = ''] = /^(.*)-(start|delta|end|result)$/.exec(event.type) ?? assert.fail(event.type);
    const block = 'callId' in event ? event.callId : name;
    if (verb === 'start') assert.ok(!open.has(block) && !(ended.has(block) && 'callId' in event), `${block} opened`);
    else if (verb === 'result') assert.ok(ended.has(block), `${block} has a result before its end`);
    else assert.ok(open.has(block), `${event.type} outside of its block`);
    if (verb === 'start') open.add(block);
    if (verb === 'end') open.delete(block);
    if (verb === 'end') ended.add(block);
  }
  assert.deepEqual([...open], [], 'blocks left open');
  assert.deepEqual(
    events.slice(-2).map((event) => event.type),
    ['usage', 'run-end'],
  );
}
