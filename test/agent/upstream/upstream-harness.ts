import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { AgentClient, AgentEvent, AgentEventBatch, AgentRequest } from '../../../src/agent/agent-client.ts';
import { chatCompletionsFormat } from '../../../src/agent/chat-completions/chat-completions-format.ts';
import { createUpstreamAgent, type UpstreamAgentOptions } from '../../../src/agent/upstream/create-upstream-agent.ts';
import { ApiError } from '../../../src/errors/api-error.ts';
import { startUpstream, type Upstream, type UpstreamOptions } from '../../helpers/upstream.ts';

export interface AgentHarness extends AsyncDisposable {
  upstream: Upstream;
  agent: AgentClient;
  /** Warnings that the agent logged. */
  warnings: { attempt: number; waitMs: number; err: ApiError }[];
  /** Starts a run on a message. */
  run(text: string, signal?: AbortSignal): Promise<AsyncIterable<AgentEventBatch>>;
  /** Resolves with the number of events written for the latest request, once none was written for `quietMs`. */
  upstreamStalls(quietMs?: number): Promise<number>;
  /** Runs a message to its end. */
  ask(text: string): Promise<AgentEvent[]>;
}

/** Creates an agent behind a Chat Completions upstream. */
export const createChatAgent = (options: UpstreamAgentOptions): AgentClient =>
  createUpstreamAgent(chatCompletionsFormat, options);

/** Starts an agent in front of a test upstream, both on real sockets. Retries follow after a few milliseconds. */
export async function startAgent(
  upstreamOptions: UpstreamOptions = {},
  agentOptions: Partial<UpstreamAgentOptions> = {},
): Promise<AgentHarness> {
  const upstream = await startUpstream(upstreamOptions);
  const warnings: AgentHarness['warnings'] = [];
  const agent = createChatAgent({
    url: upstream.url,
    // The agent logs only retries.
    log: { warn: (details) => warnings.push(details as AgentHarness['warnings'][number]) },
    ...agentOptions,
    limits: { upstreamRetryDelayMs: 2, ...agentOptions.limits },
  });
  const run: AgentHarness['run'] = (text, signal = never) => agent.run(toRequest(text), { signal });
  return {
    upstream,
    agent,
    warnings,
    run,
    upstreamStalls: (quietMs = 150) => stalls(() => upstream.requests.at(-1)?.eventsWritten ?? 0, quietMs),
    ask: async (text) => readAll(await run(text)),
    async [Symbol.asyncDispose]() {
      await agent[Symbol.asyncDispose]();
      await upstream[Symbol.asyncDispose]();
    },
  };
}

/** Polls a count until it no longer changes: a stalled upstream emits no event. */
async function stalls(count: () => number, quietMs: number): Promise<number> {
  let last = -1;
  while (count() === 0 || count() !== last) {
    last = count();
    await delay(quietMs);
  }
  return last;
}

/** The signal of a request that is never cancelled. */
export const never: AbortSignal = new AbortController().signal;

export function toRequest(text: string, fields: Partial<AgentRequest> = {}): AgentRequest {
  return {
    model: 'test-model',
    messages: [{ role: 'user', content: [{ type: 'text', text }] }],
    tools: [],
    toolChoice: 'auto',
    settings: {},
    sessionId: 'sess_test',
    watched: false,
    ...fields,
  };
}

export async function readAll(batches: AsyncIterable<AgentEventBatch>): Promise<AgentEvent[]> {
  const events: AgentEvent[] = [];
  for await (const batch of batches) events.push(...batch);
  return events;
}

/** Returns the events before the failure, and the fields of the error that a client sees. */
export async function readUntilError(batches: AsyncIterable<AgentEventBatch>) {
  const events: AgentEvent[] = [];
  try {
    for await (const batch of batches) events.push(...batch);
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    return { events, error: { code: error.code, status: error.status, message: error.message } };
  }
  throw new Error(`the run did not break: ${JSON.stringify(events)}`);
}

export function toText(events: readonly AgentEvent[]): string {
  return events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
}
