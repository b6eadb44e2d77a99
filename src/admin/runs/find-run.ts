import { ApiError } from '../../errors/api-error.ts';
import type { Services } from '../../services.ts';
import type { Awaiting, RunRecord } from '../../store/run-record-store.ts';

/** Returns the record of a run of any tenant, the newest state if this server executes it. Throws `run_not_found`. */
export async function findRun(
  id: string,
  { store, liveRuns }: Pick<Services, 'store' | 'liveRuns'>,
): Promise<RunRecord & Awaiting> {
  await liveRuns.refresh(id);
  const record = await store.runRecords.get(id, Math.floor(Date.now() / 1000));
  if (record) return record;
  throw new ApiError('run_not_found', `No run found with id '${id}'.`, { param: 'run_id' });
}
