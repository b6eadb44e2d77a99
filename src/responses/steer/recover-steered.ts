import type { ResponseId } from '../../ids.ts';
import { keepFields } from '../../items/kept-fields.ts';
import { endOrphan } from '../../runs/end-orphan.ts';
import type { OrphanedRun } from '../../store/run-store.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import { foldOutput } from '../events/fold-output.ts';
import { latestResponse } from '../events/latest-response.ts';
import type { ResponseEvent, ResponseResource, ResponsesDeps } from '../responses-deps.ts';
import type { PastRun } from '../run/past-run.ts';
import { unpackRequest, unpackTrace } from '../run/stored-request.ts';
import { toRecoveredOutput } from '../run/to-recovered-output.ts';
import type { JournalledSteers } from './journalled-steers.ts';
import { toRequiredInput } from './required-input.ts';
import { runSuccessor } from './run-successor.ts';
import { beginSuccessor, type Successor, toSuccessor } from './successor.ts';

interface SteeredRun {
  events: readonly ResponseEvent[];
  past: PastRun;
  journalled: JournalledSteers;
}

/** Items that are omitted when they were cut: nothing answers them. */
const calls: ReadonlySet<string> = new Set(['function_call', 'custom_tool_call']);

/**
 * Recovers a response that had accepted input when its server died: it ends as steered, with the output that its readers
 * have, and its successor runs. When the output waits for the client, so does the input.
 */
export async function recoverSteered(
  orphan: OrphanedRun,
  deps: ResponsesDeps,
  { events, past, journalled }: SteeredRun,
): Promise<void> {
  const { tenant, attempts } = orphan;
  const { store, runs, sealer, announcer } = deps;
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
    response: { ...stored, resource, output: omitCutCalls(toRecoveredOutput(output, past)) },
    webhooks: announcer?.responseEnded(tenant, response),
    outcome: 'incomplete' as const,
    facts: { model: begun.model, attempt: attempts, trace: unpackTrace(orphan.request) },
  };
  if (toRequiredInput(output).length > 0) return endOrphan(orphan, deps, ending);
  const { steers } = journalled;
  const { request, trace } = unpackRequest(journalled.request, { sealer, tenant });
  const successor = toSuccessor(stored.id, { tenant, request, trace, steers });
  using held = new DisposableStack();
  held.use(runs.hold(successor.id));
  const started = await beginSuccessor(successor, { tenant, sessionId: stored.sessionId, resource: response }, deps);
  await endOrphan(orphan, deps, ending);
  // One that had begun before is an orphan of its own.
  if (started) void runHeld(successor, started, deps, held.move());
}

/** Marks calls that were cut, so that the successor does not see them. */
const omitCutCalls = (output: readonly StoredItem[]): StoredItem[] =>
  output.map((item) =>
    calls.has(String(item['type'])) && item['status'] === 'incomplete'
      ? keepFields(item, { agent_superseded: true })
      : item,
  );

async function runHeld(successor: Successor, response: ResponseResource, deps: ResponsesDeps, held: Disposable) {
  using _held = held;
  await runSuccessor(successor, { response }, deps);
}
