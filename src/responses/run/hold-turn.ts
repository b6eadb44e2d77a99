import { setTimeout as pause } from 'node:timers/promises';
import { limits } from '../../config/limits.ts';
import type { Schemas } from '../../contract/types.ts';
import { ApiError } from '../../errors/api-error.ts';
import { isConversationId } from '../../ids.ts';
import { RunDeadline } from '../../runs/run-deadline.ts';
import type { Place } from '../../runs/run-slots.ts';
import type { ResponsesDeps } from '../responses-deps.ts';

type ConversationField = Pick<Schemas['CreateResponseRequest'], 'conversation'>;

/** What a turn holds until it is over. */
export class HeldTurn implements AsyncDisposable {
  /** A place among the runs, once there is one. */
  place: Place | undefined;
  readonly #lock: AsyncDisposable | undefined;
  #deadline: RunDeadline | undefined;

  constructor(lock: AsyncDisposable | undefined) {
    this.#lock = lock;
  }

  /** Starts the time of the run, at the first call. Returns the signal that ends the run with the caller's or when it is up. */
  limit(signal: AbortSignal, timeoutMs: number): AbortSignal {
    this.#deadline ??= new RunDeadline(signal, timeoutMs);
    return this.#deadline.signal;
  }

  /** Stops the agent of a run that has failed, also where nothing reads its answer. */
  stop(reason: ApiError): void {
    this.#deadline?.stop(reason);
  }

  /** Doing it twice does nothing more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#deadline?.[Symbol.dispose]();
    this.place?.[Symbol.dispose]();
    await this.#lock?.[Symbol.asyncDispose]();
  }
}

/**
 * Locks the conversation that a request names, if it names one: a second turn would answer without the first, and their
 * items would mix. Throws `conversation_locked` while another turn is running, on whichever server. It takes its time: a turn
 * whose end can be read already gives its lock back a moment later, and who has read it may go on at once.
 */
export async function holdTurn(
  { conversation }: ConversationField,
  { runs }: Pick<ResponsesDeps, 'runs'>,
  tenant: string,
): Promise<HeldTurn> {
  if (!conversation) return new HeldTurn(undefined);
  const id = typeof conversation === 'string' ? conversation : conversation.id;
  // What is no id names no conversation: the turn is about to be refused.
  if (!isConversationId(id)) return new HeldTurn(undefined);
  const lock = await lockSoon(runs, `conversation ${tenant.length} ${tenant} ${id}`);
  if (lock) return new HeldTurn(lock);
  const message = 'Another turn of this conversation is still running: wait for it to end, then try again.';
  throw new ApiError('conversation_locked', message, { param: 'conversation' });
}

async function lockSoon(runs: ResponsesDeps['runs'], name: string): Promise<AsyncDisposable | undefined> {
  const deadline = performance.now() + limits.conversationLockMs;
  for (;;) {
    const lock = await runs.lock(name);
    if (lock || performance.now() >= deadline) return lock;
    await pause(limits.conversationLockPollMs);
  }
}
