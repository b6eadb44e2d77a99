import type { AgentEventBatch } from '../../agent/agent-client.ts';
import type { ApiError } from '../../errors/api-error.ts';
import type { Flow } from '../../flow/flow.ts';
import type { Inbox } from '../../runs/detached-run.ts';
import type { ResponseResource } from '../responses-deps.ts';

/** What a run must do to be steered. */
export interface RunSteering {
  /** Takes input while the run is running. */
  readonly queue: Inbox;
  /** Whether input waits, so that the run must end at the next tool boundary. */
  isSteered: () => boolean;
  /** Adds the steers to the batches of the agent. */
  merge(batches: AsyncIterable<AgentEventBatch> | readonly AgentEventBatch[]): Flow<AgentEventBatch>;
  /** Whether a run that is stopped with this error ends as steered instead. Its successor continues elsewhere. */
  outlives(error: ApiError): boolean;
  /** Called before the end of the run is stored. Rejects when a successor is due and cannot begin. */
  settle(response: ResponseResource, sessionId: string): Promise<void>;
  /** Called once the end of the run is stored. */
  proceed(): void;
  /** Called when the end of the run cannot be stored: recovery ends it, and starts a successor that has begun. */
  giveUp(): void;
}
