import { omitUndefined } from '../json/omit-undefined.ts';
import type { PageRequest } from '../store/page.ts';

/** The `default` of `limit` in the contract. The validator's copy of the contract has no defaults, so they are set here. */
const defaultLimit = 20;

/** `query` as a list operation of the contract has it; the lists differ in what comes first. */
export function toPageRequest(
  { after, limit = defaultLimit, order }: { after?: string; limit?: number; order?: PageRequest['order'] },
  defaultOrder: PageRequest['order'],
): PageRequest {
  return { ...omitUndefined({ after }), limit, order: order ?? defaultOrder };
}
