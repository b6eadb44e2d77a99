import { ApiError } from '../../errors/api-error.ts';
import { isResponseId } from '../../ids.ts';
import type { Services } from '../../services.ts';
import type { StoredResponse } from '../../store/response-store.ts';
import { findRun } from './find-run.ts';

/**
 * Returns the stored response of a run. Throws `unsupported_value` for a chat completion and for a response that was
 * not stored, or deleted.
 */
export async function findStored(id: string, deps: Pick<Services, 'store' | 'liveRuns'>): Promise<StoredResponse> {
  const { tenant } = await findRun(id, deps);
  if (!isResponseId(id)) throw unsupported('Only responses have a stored request, and this is a chat completion.');
  const stored = await deps.store.responses.get(tenant, id);
  if (!stored) throw unsupported('The response was not stored, or it was deleted.');
  return stored;
}

const unsupported = (message: string): ApiError => new ApiError('unsupported_value', message, { param: 'run_id' });
