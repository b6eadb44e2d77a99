import type { AgentClient, AgentEventBatch, AgentRequest, RunOptions } from '../../agent/agent-client.ts';
import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { Flow } from '../../flow/flow.ts';
import { mapFlow } from '../../flow/mapped-flow.ts';
import { mergeIterables } from './merge-iterables.ts';

/** A batch of one of several runs. */
export interface RunBatch<Choice> {
  choice: Choice;
  batch: AgentEventBatch;
}

/**
 * Runs the agent for each choice, with a bounded number of concurrent runs. Rejects when the agent refuses one of the first
 * runs: nothing was produced. A run that fails later fails the completion, and the others are stopped.
 */
export async function startRuns<Choice extends { request: AgentRequest }>(
  agent: AgentClient,
  choices: readonly Choice[],
  { signal, ...callbacks }: RunOptions,
): Promise<AsyncIterable<RunBatch<Choice>>> {
  const [only] = choices;
  if (only && choices.length === 1) return label(only, await agent.run(only.request, { signal, ...callbacks }));
  const group = new AbortController();
  const stop = () => group.abort(new ApiError('request_cancelled', 'The other choices are no longer needed.'));
  const options = { signal: AbortSignal.any([signal, group.signal]), ...callbacks };
  const waiting = [...choices];
  try {
    const started = await Promise.all(
      waiting.splice(0, limits.chatRunsAtOnce).map(async (choice) => ({
        choice,
        batches: await agent.run(choice.request, options),
      })),
    );
    return mergeIterables(started.map(followLane), stop);
  } catch (error) {
    stop();
    throw error;
  }

  /** Runs one choice after the other until none is waiting. */
  async function* followLane({ choice, batches }: { choice: Choice; batches: AsyncIterable<AgentEventBatch> }) {
    yield* label(choice, batches);
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      yield* label(next, await agent.run(next.request, options));
    }
  }
}

const label = <Choice>(choice: Choice, batches: AsyncIterable<AgentEventBatch>): Flow<RunBatch<Choice>> =>
  mapFlow(batches, (batch) => ({ choice, batch }));
