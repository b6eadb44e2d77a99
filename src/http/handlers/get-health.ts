import type { Handler } from '../../contract/operations.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';

export function getHealth({ version }: Pick<HandlerDeps, 'version'>): Handler<'getHealth'> {
  return async () => ok({ status: 'ok', platform: 'talaria', version });
}
