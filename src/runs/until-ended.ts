import { limits } from '../config/limits.ts';
import type { RunId, RunStore } from '../store/run-store.ts';
import { Changes } from './changes.ts';

interface WaitOptions {
  tenant: string;
  id: RunId;
  signal: AbortSignal;
}

/** Resolves when a run has ended, on any server, or was deleted. Rejects with the signal's reason. */
export async function untilEnded(runs: RunStore, { tenant, id, signal }: WaitOptions): Promise<void> {
  const changes = new Changes();
  using _watch = runs.watch(id, changes.note);
  for (;;) {
    const page = await runs.read(tenant, id, { after: -1, limit: 1 });
    if (page?.state !== 'running') return;
    await changes.next(limits.logPollMs, signal);
  }
}
