import type { AgentClient, AgentEvent, AgentEventBatch, AgentRequest } from '../../src/agent/agent-client.ts';

export interface ScriptedAgent extends AgentClient {
  /** The requests received, in order. */
  requests: AgentRequest[];
}

/** Creates an agent that replays one of `answers` for each run, in order, batch by batch. */
export function scriptedAgent(...answers: AgentEventBatch[][]): ScriptedAgent {
  const requests: AgentRequest[] = [];
  return {
    requests,
    models: async () => [{ id: 'scripted', created: 0, ownedBy: 'tests' }],
    async run(request) {
      const batches = answers[requests.push(request) - 1];
      if (!batches) throw new Error(`Run ${requests.length} was not expected.`);
      return toAsync(batches);
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

async function* toAsync<T>(values: T[]): AsyncGenerator<T> {
  yield* values;
}

export const request = (fields: Partial<AgentRequest> = {}): AgentRequest => ({
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
  tools: [],
  toolChoice: 'auto',
  settings: {},
  sessionId: 'sess_test',
  watched: false,
  ...fields,
});

export const text = (value: string): AgentEvent[] => [
  { type: 'text-start' },
  { type: 'text-delta', text: value },
  { type: 'text-end' },
];

export const call = (callId: string, name: string, options: { agentRuns?: true } = {}): AgentEvent[] => [
  { type: 'tool-call-start', callId, name, ...options },
  { type: 'tool-call-delta', callId, arguments: '{}' },
  { type: 'tool-call-end', callId },
];

export const end = (reason: Extract<AgentEvent, { type: 'run-end' }>['reason'] = 'stop'): AgentEvent => ({
  type: 'run-end',
  reason,
});

/** Returns all events of one run. */
export async function play(agent: AgentClient, asked: AgentRequest): Promise<AgentEvent[]> {
  const batches = await agent.run(asked, { signal: new AbortController().signal });
  return (await Array.fromAsync(batches)).flat();
}
