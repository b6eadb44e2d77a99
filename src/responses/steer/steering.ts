import type { AgentEventBatch } from '../../agent/agent-client.ts';
import type { Schemas } from '../../contract/types.ts';
import type { ApiError } from '../../errors/api-error.ts';
import type { Flow } from '../../flow/flow.ts';
import { toFlow } from '../../flow/to-flow.ts';
import type { ResponseId } from '../../ids.ts';
import type { DetachedRun } from '../../runs/detached-run.ts';
import type { TraceContext } from '../../trace-context.ts';
import type { ResponseRequest, ResponseResource, ResponsesDeps } from '../responses-deps.ts';
import type { RunSteering } from '../run/run-steering.ts';
import { packRequest } from '../run/stored-request.ts';
import { toRequiredInput } from './required-input.ts';
import { runSuccessor } from './run-successor.ts';
import { SteerQueue } from './steer-queue.ts';
import { SteeredAnswer } from './steered-answer.ts';
import { beginSuccessor, type Successor, toSuccessor } from './successor.ts';

export interface SteeringOptions {
  id: ResponseId;
  tenant: string;
  request: ResponseRequest;
  /** The trace that the run and its successors belong to. */
  trace?: TraceContext | undefined;
  /** Returns the services of one turn. */
  deps: () => ResponsesDeps;
  /** Whether the run has no reader that can stop it. */
  isDetached?: boolean;
}

/** What became of accepted input once its response had ended. */
export type SteerOutcome =
  /** `steering` is set for a stored successor, which runs already. */
  | { type: 'succeeded'; successor: Successor; steering: Steering | undefined }
  /** The client must continue the response, with these inputs. */
  | { type: 'pending'; required: Schemas['SteerRequiredInput'][] }
  | { type: 'failed' };

/**
 * Steers one run: queues input of the user, and continues the run in a successor. A stored run that has accepted input no
 * longer depends on its connection.
 */
export class Steering implements RunSteering, Disposable {
  readonly queue: SteerQueue;
  readonly #options: SteeringOptions;
  readonly #stopped = new AbortController();
  #outcome: SteerOutcome = { type: 'failed' };
  #detached: DetachedRun | undefined;
  #connection: AbortSignal | undefined;
  /** Keeps recovery from a successor until it runs. */
  #held: Disposable | undefined;
  #started: ResponseResource | undefined;

  constructor(options: SteeringOptions) {
    this.#options = options;
    this.queue = new SteerQueue(() => this.#accept());
  }

  /** Set once the run has ended. */
  get outcome(): SteerOutcome {
    return this.#outcome;
  }

  /** Whether the run continues when its connection closes. */
  get isDetached(): boolean {
    return this.#detached !== undefined;
  }

  get #isStored(): boolean {
    return this.#options.request.store ?? true;
  }

  /** Returns a signal that aborts with the connection's, unless the run is detached by then. */
  detachable(connection: AbortSignal): AbortSignal {
    this.#connection = connection;
    if (connection.aborted) this.#stopped.abort(connection.reason);
    else connection.addEventListener('abort', this.#leave, { once: true });
    return this.#stopped.signal;
  }

  isSteered = (): boolean => this.queue.size > 0;

  merge(batches: AsyncIterable<AgentEventBatch> | readonly AgentEventBatch[]): Flow<AgentEventBatch> {
    return new SteeredAnswer(toFlow(batches), this.queue);
  }

  outlives({ code }: ApiError): boolean {
    return code === 'server_shutting_down' && this.#isStored && this.queue.queued.length > 0;
  }

  async settle(response: ResponseResource, sessionId: string): Promise<void> {
    const { id, tenant, request, trace, deps } = this.#options;
    const [first, ...rest] = this.queue.queued;
    if (!first || response.status === 'failed' || response.status === 'cancelled') return;
    const required = toRequiredInput(response.output);
    if (required.length > 0) {
      this.#outcome = { type: 'pending', required };
      return;
    }
    const successor = toSuccessor(id, { tenant, request, trace, steers: [first, ...rest] });
    const steering = this.#isStored ? new Steering({ ...successor, deps, isDetached: true }) : undefined;
    if (steering) {
      this.#held = deps().runs.hold(successor.id);
      this.#started = await beginSuccessor(successor, { tenant, sessionId, resource: response }, deps());
    }
    this.#outcome = { type: 'succeeded', successor, steering };
  }

  proceed(): void {
    const response = this.#started;
    if (!response || this.#outcome.type !== 'succeeded') return;
    const { successor, steering } = this.#outcome;
    const held = this.#held;
    this.#held = undefined;
    void runSuccessor(successor, { response, steering }, this.#options.deps()).finally(() => held?.[Symbol.dispose]());
  }

  giveUp(): void {
    this.#outcome = { type: 'failed' };
    this.#held?.[Symbol.dispose]();
  }

  /** Releases what the run held. Call it once the run has ended. */
  [Symbol.dispose](): void {
    this.#connection?.removeEventListener('abort', this.#leave);
    this.#detached?.end();
    this.#held?.[Symbol.dispose]();
  }

  #leave = (): void => {
    if (!this.#detached) this.#stopped.abort(this.#connection?.reason);
  };

  /** Called at the first steer. Returns the request for the journal, which names all but the input. */
  #accept(): string | undefined {
    const { id, tenant, request, trace, deps, isDetached } = this.#options;
    if (!this.#isStored) return undefined;
    if (!isDetached) {
      this.#detached = deps().runs.detach(id);
      const { signal } = this.#detached;
      signal.addEventListener('abort', () => this.#stopped.abort(signal.reason), { once: true });
    }
    return packRequest({ request: { ...request, input: [] }, trace }, { sealer: deps().sealer, tenant });
  }
}
