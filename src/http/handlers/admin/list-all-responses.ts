import { readResponseSummary } from '../../../admin/read-response-summary.ts';
import { toCursorList } from '../../../admin/to-cursor-list.ts';
import type { Handler } from '../../../contract/operations.ts';
import { omitUndefined } from '../../../json/omit-undefined.ts';
import type { HandlerDeps } from '../../handler-deps.ts';
import { ok } from '../../ok.ts';
import { toCursorRequest } from '../../to-cursor-request.ts';

export function listAllResponses({ store }: Pick<HandlerDeps, 'store'>): Handler<'listAllResponses'> {
  return async ({ query }) => {
    const { id, text, tenant, conversation: conversationId } = query;
    const filters = omitUndefined({ id, text: text || undefined, tenant, conversationId });
    const page = await store.responses.search({ ...toCursorRequest('responses', query), ...filters });
    const list = toCursorList('responses', page, (found) => found);
    return ok({ ...list, data: await Promise.all(list.data.map((found) => readResponseSummary(found, { store }))) });
  };
}
