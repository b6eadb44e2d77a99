import { toRun } from '../../../admin/runs/to-run.ts';
import { toCursorList } from '../../../admin/to-cursor-list.ts';
import type { Handler } from '../../../contract/operations.ts';
import type { Schemas } from '../../../contract/types.ts';
import { omitUndefined } from '../../../json/omit-undefined.ts';
import { runStates } from '../../../store/run-record-store.ts';
import type { HandlerDeps } from '../../handler-deps.ts';
import { ok } from '../../ok.ts';
import { toCursorRequest } from '../../to-cursor-request.ts';

export function listRuns({ store }: Pick<HandlerDeps, 'store'>): Handler<'listRuns'> {
  return async ({ query }) => {
    const { status, tenant, agent, model, kind, id: idPrefix } = query;
    const filters = omitUndefined({ tenant, agent, model, kind, idPrefix, ...toStates(status) });
    const page = await store.runRecords.list({ ...toCursorRequest('runs', query), ...filters });
    return ok(toCursorList('runs', page, toRun));
  };
}

/** A run that waits for approval has completed. Together with other states, the filter selects all completed runs. */
function toStates(statuses: readonly Schemas['RunStatus'][] = []) {
  if (statuses.length === 0) return {};
  const awaiting = statuses.every((status) => status === 'waiting_for_approval') || undefined;
  const wanted = new Set(statuses.map((status) => (status === 'waiting_for_approval' ? 'completed' : status)));
  return { states: runStates.filter((state) => wanted.has(state)), awaiting };
}
