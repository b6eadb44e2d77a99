import { findRun } from '../../../admin/runs/find-run.ts';
import { toRun, toRunCall } from '../../../admin/runs/to-run.ts';
import type { Handler } from '../../../contract/operations.ts';
import { isResponseId } from '../../../ids.ts';
import type { HandlerDeps } from '../../handler-deps.ts';
import { ok } from '../../ok.ts';

export function getRun(deps: Pick<HandlerDeps, 'store' | 'liveRuns'>): Handler<'getRun'> {
  return async ({ path: { run_id: id } }) => {
    const record = await findRun(id, deps);
    const log = isResponseId(id) ? await deps.store.runs.read(record.tenant, id, { after: -1, limit: 1 }) : undefined;
    const hasEvents = log !== undefined && log.state !== 'expired';
    const calls = record.calls.map((call) => toRunCall(call, record.model));
    return ok({ object: 'run.details', run: toRun(record), calls, has_events: hasEvents });
  };
}
