import type { Handler } from '../../contract/operations.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { toModel } from '../to-model.ts';

export function listModels({ agent }: Pick<HandlerDeps, 'agent'>): Handler<'listModels'> {
  return async ({ signal }) => {
    const models = await agent.models({ signal });
    return { kind: 'json', status: 200, body: { object: 'list', data: models.map(toModel) } };
  };
}
