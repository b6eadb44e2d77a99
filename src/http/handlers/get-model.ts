import type { Handler } from '../../contract/operations.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { toModel } from '../to-model.ts';

export function getModel({ agentOf }: Pick<HandlerDeps, 'agentOf'>): Handler<'getModel'> {
  return async ({ path, tenant, signal }) => {
    const model = (await agentOf(tenant).models({ signal })).find(({ id }) => id === path.model);
    if (!model) {
      throw new ApiError('model_not_found', `The model '${path.model}' does not exist.`, { param: 'model' });
    }
    return ok(toModel(model));
  };
}
