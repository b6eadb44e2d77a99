import type { JournalStep } from '../../agent/loop/journal-step.ts';
import type { ResponseId } from '../../ids.ts';
import type { RunStore, StoredStep } from '../../store/run-store.ts';
import type { ResponsesDeps } from '../responses-deps.ts';
import type { Steer } from './steer-queue.ts';
import { toSuccessorId } from './successor.ts';

export interface JournalledSteers {
  /** Oldest first. */
  steers: readonly [Steer, ...Steer[]];
  /** The stored request of the run, without its input. */
  request: string;
}

/** Returns the steers that a run accepted; `undefined`: none. */
export function toJournalledSteers(steps: readonly StoredStep[]): JournalledSteers | undefined {
  // This server wrote the steps, and validated the input and the request before.
  const accepted = steps
    .map(({ body }): JournalStep => JSON.parse(body))
    .filter((step) => step.type === 'steer-accepted');
  const [first, ...rest] = accepted.map(({ id, input }) => ({ id, input: input as Steer['input'] }));
  const request = accepted[0]?.request;
  if (!first || request === undefined) return undefined;
  return { steers: [first, ...rest], request };
}

/**
 * Returns the steers of an ended response that no successor has applied. The successor has a known id, so that it applies
 * them at most once, on any server.
 */
export async function findQueuedSteers(
  { store }: { store: { runs: RunStore; responses: ResponsesDeps['store']['responses'] } },
  tenant: string,
  id: ResponseId,
): Promise<readonly Steer[]> {
  const journalled = toJournalledSteers(await store.runs.steps(tenant, id));
  if (!journalled) return [];
  const [parent, successor] = await Promise.all([
    store.responses.get(tenant, id),
    store.runs.read(tenant, toSuccessorId(journalled.steers[0].id), { after: -1, limit: 1 }),
  ]);
  const status = parent?.resource['status'];
  const isContinued = status === 'completed' || status === 'incomplete';
  return isContinued && !successor ? journalled.steers : [];
}
