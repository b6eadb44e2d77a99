import { ApiError } from '../../errors/api-error.ts';
import { isTemporary } from '../../runs/end-orphan.ts';
import type { ResponseResource, ResponsesDeps } from '../responses-deps.ts';
import { queueResponse } from '../run/queue-response.ts';

import type { RunSteering } from '../run/run-steering.ts';
import type { Successor } from './successor.ts';

/**
 * Runs a successor that has begun, without a reader. Never rejects: one that cannot start is left to the recovery of
 * runs, which retries or ends it.
 */
export async function runSuccessor(
  { id, tenant, request, trace }: Successor,
  { response, steering }: { response: ResponseResource; steering?: RunSteering | undefined },
  deps: ResponsesDeps,
): Promise<void> {
  const resume = { response, sentTypes: ['response.created'], logged: [], journal: [], attempt: 1 };
  try {
    await queueResponse(request, deps, { tenant, id, trace, resume, steering });
  } catch (reason) {
    if (isTemporary(ApiError.from(reason))) return;
    deps.runs.abandon({ tenant, id }, reason);
    deps.runs.recoverOrphans();
  }
}
