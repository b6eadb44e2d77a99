import type { ResponseId } from '../../ids.ts';
import { endOrphan } from '../../runs/end-orphan.ts';
import type { OrphanedRun, StoredStep } from '../../store/run-store.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import { foldOutput } from '../events/fold-output.ts';
import { KeptState } from '../events/kept-state.ts';
import { latestResponse } from '../events/latest-response.ts';
import type { OutputItem, ResponseEvent, ResponseResource, ResponsesDeps } from '../responses-deps.ts';
import { toPastRun } from '../run/past-run.ts';
import { unpackRequest } from '../run/stored-request.ts';
import type { JournalledSteers } from './journalled-steers.ts';
import { toRequiredInput } from './required-input.ts';
import { runSuccessor } from './run-successor.ts';
import { beginSuccessor, type Successor, toSuccessor } from './successor.ts';

interface SteeredRun {
  events: readonly ResponseEvent[];
  steps: readonly StoredStep[];
  journalled: JournalledSteers;
}

/** Items that the successor must not see when they were cut: nothing answers them. */
const calls: ReadonlySet<string> = new Set(['function_call', 'custom_tool_call']);

/**
 * Recovers a response that had accepted input when its server died: it ends as steered, with the output that its readers
 * have, and its successor runs. When the output waits for the client, so does the input.
 */
export async function recoverSteered(
  orphan: OrphanedRun,
  deps: ResponsesDeps,
  { events, steps, journalled }: SteeredRun,
): Promise<void> {
  const { tenant, attempts } = orphan;
  const { store, runs, sealer } = deps;
  const begun = latestResponse(events);
  const stored = await store.responses.get(tenant, orphan.id as ResponseId);
  // Only stored responses accept input durably. This one was deleted.
  if (!begun || !stored) return;
  const output = foldOutput(events, 'incomplete');
  const details = { incomplete_details: { reason: 'steered' } };
  const response: ResponseResource = { ...begun, status: 'incomplete', ...details, output };
  const { output: _output, ...resource } = response;
  const ending = {
    event: { type: 'response.incomplete', sequence_number: events.length, response },
    next: events.length,
    response: { ...stored, resource, output: toStoredOutput(output, steps) },
    outcome: 'incomplete' as const,
    facts: { model: begun.model, attempt: attempts },
  };
  if (toRequiredInput(output).length > 0) return endOrphan(orphan, deps, ending);
  const { steers } = journalled;
  const request = unpackRequest(journalled.request, { sealer, tenant });
  const successor = toSuccessor(stored.id, { tenant, request, steers });
  using held = new DisposableStack();
  held.use(runs.hold(successor.id));
  const started = await beginSuccessor(successor, { tenant, sessionId: stored.sessionId, resource: response }, deps);
  await endOrphan(orphan, deps, ending);
  // One that had begun before is an orphan of its own.
  if (started) void runHeld(successor, started, deps, held.move());
}

/** Returns the output as it is stored, with the fields that the journal has of its items. */
function toStoredOutput(output: readonly OutputItem[], steps: readonly StoredStep[]): StoredItem[] {
  const kept = new KeptState(toPastRun([], steps).kept);
  for (const item of output) {
    const isCut = 'status' in item && item.status === 'incomplete' && calls.has(item.type);
    if (isCut) kept.keep(item.id, { agent_superseded: true });
  }
  return kept.toStoredOutput([...output]);
}

async function runHeld(successor: Successor, response: ResponseResource, deps: ResponsesDeps, held: Disposable) {
  using _held = held;
  await runSuccessor(successor, { response }, deps);
}
