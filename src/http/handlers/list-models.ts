import type { Handler } from '../../contract/operations.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { toModel } from '../to-model.ts';

export function listModels({ agentOf }: Pick<HandlerDeps, 'agentOf'>): Handler<'listModels'> {
  return async ({ tenant, signal }) => {
    const models = await agentOf(tenant).models({ signal });
    return ok({ object: 'list', data: models.map(toModel) });
  };
}
