import type { Services } from '../services.ts';
import type { FoundResponse } from '../store/response-store.ts';

/**
 * Returns the status of a found response. Its resource is written at the start and the end of its run; in between, the
 * record of the run is newer.
 */
export async function readStatus(
  { id, status }: Pick<FoundResponse, 'id' | 'status'>,
  { store }: Pick<Services, 'store'>,
): Promise<string | null> {
  if (status !== 'queued' && status !== 'in_progress') return status ?? null;
  const record = await store.runRecords.get(id, Math.floor(Date.now() / 1000));
  return record?.state === 'running' ? 'in_progress' : (record?.state ?? status);
}
