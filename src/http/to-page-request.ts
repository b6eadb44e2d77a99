import { omitUndefined } from '../json/omit-undefined.ts';
import type { PageRequest } from '../store/page.ts';

/** The contract's `default` of `limit`. The validators' copy of the contract has no defaults. */
export const defaultLimit = 20;

/** Maps the query of a list operation to a page request. Lists differ in their default order. */
export function toPageRequest(
  { after, limit = defaultLimit, order }: { after?: string; limit?: number; order?: PageRequest['order'] },
  defaultOrder: PageRequest['order'],
): PageRequest {
  return { ...omitUndefined({ after }), limit, order: order ?? defaultOrder };
}
