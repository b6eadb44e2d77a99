import { setTimeout as pause } from 'node:timers/promises';
import { limits } from '../../config/limits.ts';
import type { Schemas } from '../../contract/types.ts';
import { ApiError } from '../../errors/api-error.ts';
import { isConversationId } from '../../ids.ts';
import { RunResources } from '../../runs/run-resources.ts';
import type { ResponsesDeps } from '../responses-deps.ts';

type ConversationField = Pick<Schemas['CreateResponseRequest'], 'conversation'>;

/**
 * Locks the conversation of a turn, if the request names one: a concurrent turn would miss this one, and their items would
 * mix. Returns the resources of the run, which hold the lock.
 *
 * Throws `conversation_locked` while another turn runs, on any server. It retries for a moment first: the previous turn
 * releases its lock shortly after its end can be read, and its reader may continue immediately.
 */
export async function lockTurn(
  { conversation }: ConversationField,
  { runs }: Pick<ResponsesDeps, 'runs'>,
  tenant: string,
): Promise<RunResources> {
  if (!conversation) return new RunResources();
  const id = typeof conversation === 'string' ? conversation : conversation.id;
  // An invalid id names no conversation. The plan refuses the turn.
  if (!isConversationId(id)) return new RunResources();
  const lock = await lockSoon(runs, `conversation ${tenant.length} ${tenant} ${id}`);
  if (lock) return new RunResources(lock);
  const message = 'Another turn of this conversation is still running. Wait for it to end, then try again.';
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
