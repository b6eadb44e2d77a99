import type { Schemas } from '../../contract/types.ts';
import type { Services } from '../../services.ts';
import { findRun } from './find-run.ts';
import { toRun } from './to-run.ts';

/** Stops a background response of a tenant, and resolves once it has ended. */
export type CancelResponse = (id: string, tenant: string) => Promise<unknown>;

/** Stops a run of any kind, on any server. Returns it as it is then: it may take a moment to end. */
export async function cancelRun(
  id: string,
  deps: Pick<Services, 'store' | 'liveRuns'>,
  cancel: CancelResponse,
): Promise<Schemas['Run']> {
  const { state, isBackground, tenant } = await findRun(id, deps);
  if (state === 'queued' || state === 'running') {
    if (isBackground) await cancel(id, tenant);
    else if (!deps.liveRuns.stop(id)) await deps.store.runRecords.requestStop(id);
  }
  return toRun(await findRun(id, deps));
}
