import { RunDeadline } from '../../runs/run-deadline.ts';
import { RunSlots, type Slot, untilReady } from '../../runs/run-slots.ts';
import { toAbortError } from '../abort.ts';
import type { AgentClient } from '../agent-client.ts';
import { ReleasingAnswer } from '../releasing-answer.ts';

export interface RunBounds {
  /** Concurrent runs; `undefined`: no limit. */
  maxRuns: number | undefined;
  /** One run, without its wait for a slot; `undefined`: no limit. */
  timeoutMs: number | undefined;
  /** Runs that may wait for a slot. */
  queued: number;
}

/** Bounds the runs of one agent in number and time. Others wait in order, and are not sent to the agent meanwhile. */
export function limitRuns(agent: AgentClient, { maxRuns, timeoutMs, queued }: RunBounds): AgentClient {
  if (maxRuns === undefined && timeoutMs === undefined) return agent;
  const slots =
    maxRuns === undefined ? undefined : new RunSlots({ running: maxRuns, waiting: queued, subject: 'The agent' });
  return {
    models: (options) => agent.models(options),
    async run(request, options) {
      // One queue for all tenants.
      const slot = slots?.enter('');
      if (slot) await untilReadyOrLeft(slot, options.signal);
      const deadline = new RunDeadline(options.signal, timeoutMs);
      const { signal } = deadline;
      const release = () => {
        signal.removeEventListener('abort', release);
        deadline[Symbol.dispose]();
        slot?.[Symbol.dispose]();
      };
      // The agent stops at once. The answer may never be read.
      signal.addEventListener('abort', release, { once: true });
      try {
        return new ReleasingAnswer(await agent.run(request, { ...options, signal }), release);
      } catch (error) {
        release();
        throw error;
      }
    },
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
  };
}

async function untilReadyOrLeft(slot: Slot, signal: AbortSignal): Promise<void> {
  try {
    await untilReady(slot, signal);
  } catch {
    slot[Symbol.dispose]();
    throw toAbortError(signal);
  }
}
