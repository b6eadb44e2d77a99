import { createResponseId, isResponseId, type ResponseId } from '../ids.ts';
import type { ResponseRequest, ResponsesDeps } from '../responses/responses-deps.ts';
import { findQueuedSteers } from '../responses/steer/journalled-steers.ts';
import type { Steer } from '../responses/steer/steer-queue.ts';
import { toSteerInput, toSuccessorId } from '../responses/steer/successor.ts';
import type { Lane } from './lanes.ts';
import type { SteerTargets } from './steer-targets.ts';

export interface PendingSteersOptions {
  store: ResponsesDeps['store'];
  tenant: string;
  targets: SteerTargets;
  /** The number of responses whose steers are remembered. */
  responses: number;
}

interface Pending {
  lane: Lane;
  steers: readonly Steer[];
}

/** Input that waits for the client to continue its response. That of earlier connections is found in the store. */
export class PendingSteers {
  readonly #options: PendingSteersOptions;
  readonly #byParent = new Map<string, Pending>();

  constructor(options: PendingSteersOptions) {
    this.#options = options;
  }

  add(parent: ResponseId, pending: Pending): void {
    this.#byParent.set(parent, pending);
    const [oldest] = this.#byParent.keys();
    if (oldest !== undefined && this.#byParent.size > this.#options.responses) this.#byParent.delete(oldest);
  }

  /** Forgets the input of a response, once it is applied. */
  remove(parent: string): void {
    this.#byParent.delete(parent);
  }

  /** Returns a request with the waiting input before its own, and the id of its response, which applies it once. */
  async prepend(request: ResponseRequest, lane: Lane): Promise<{ id: ResponseId; request: ResponseRequest }> {
    const steers = await this.#find(request, lane);
    const [first] = steers;
    if (!first) return { id: createResponseId(), request };
    const { input = [] } = request;
    const own = typeof input === 'string' ? [input] : (input ?? []);
    return { id: toSuccessorId(first.id), request: { ...request, input: [...toSteerInput(steers), ...own] } };
  }

  async #find(request: ResponseRequest, lane: Lane): Promise<readonly Steer[]> {
    const { store, tenant, targets } = this.#options;
    const parent = request.previous_response_id;
    if (!parent || !isResponseId(parent)) return [];
    const pending = this.#byParent.get(parent);
    if (pending) return pending.lane === lane ? pending.steers : [];
    // Only a turn that answers calls can have input waiting, and this connection knows its own.
    if (targets.has(parent) || !hasAnswers(request)) return [];
    return findQueuedSteers({ store }, tenant, parent);
  }
}

/** Whether a request has outputs of tools, or answers to approval requests. */
function hasAnswers({ input }: ResponseRequest): boolean {
  if (!Array.isArray(input)) return false;
  return input.some(
    (item) =>
      typeof item === 'object' &&
      'type' in item &&
      (item.type?.endsWith('_output') || item.type === 'mcp_approval_response'),
  );
}
