import type { Handler } from '../../contract/operations.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function getHealth({ version }: Pick<HandlerDeps, 'version'>): Handler<'getHealth'> {
  return async () => ({ kind: 'json', status: 200, body: { status: 'ok', platform: 'talaria', version } });
}
