import { listAgents as list } from '../../../admin/list-agents.ts';
import type { Handler } from '../../../contract/operations.ts';
import type { HandlerDeps } from '../../handler-deps.ts';
import { ok } from '../../ok.ts';

export function listAgents(deps: Pick<HandlerDeps, 'agents' | 'mcpServers' | 'log'>): Handler<'listAgents'> {
  return async ({ signal }) => ok(await list(deps, signal));
}
