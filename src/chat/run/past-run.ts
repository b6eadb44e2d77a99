import type { JournalStep } from '../../agent/loop/journal-step.ts';
import { readLog } from '../../runs/read-log.ts';
import type { RunId, RunStore } from '../../store/run-store.ts';
import type { ChatChunk } from '../chat-deps.ts';

/** A completion as another execution left it. */
export interface PastChatRun {
  chunks: readonly ChatChunk[];
  journal: readonly JournalStep[];
}

/**
 * Reads what an execution left. `undefined`: it cannot be continued. It made no step, or the reply that was cut has sent
 * chunks, and a completion has no form in which another reply could replace them.
 */
export async function readPastRun(runs: RunStore, tenant: string, id: RunId): Promise<PastChatRun | undefined> {
  const steps = await runs.steps(tenant, id);
  const last = steps.at(-1);
  const texts = last && (await readLog(runs, tenant, id));
  if (!texts || texts.length > last.events) return undefined;
  // This server wrote them.
  return {
    chunks: texts.map((text): ChatChunk => JSON.parse(text)),
    journal: steps.map(({ body }): JournalStep => JSON.parse(body)),
  };
}
