import { limits } from '../config/limits.ts';
import type { Schemas } from '../contract/types.ts';
import { responseNotFound } from '../errors/not-found.ts';
import { isResponseId } from '../ids.ts';
import type { Services } from '../services.ts';
import type { TreeNode } from '../store/response-store.ts';
import { findResponseOwner } from './find-owner.ts';
import { readStatus } from './read-status.ts';

/** Returns the tree that a response of any tenant belongs to. Throws `response_not_found`. */
export async function readTree(id: string, deps: Pick<Services, 'store'>): Promise<Schemas['ResponseTree']> {
  const tenant = await findResponseOwner(id, deps);
  const tree = isResponseId(id) ? await deps.store.responses.tree(tenant, id, limits.treeNodes) : undefined;
  const [first] = tree?.nodes ?? [];
  if (!tree || !first) throw responseNotFound(id);
  const nodes = await Promise.all(tree.nodes.map((node) => toNode(node, tenant, deps)));
  // A long chain is returned without its beginning.
  return {
    object: 'response.tree',
    tenant,
    root: first.parentId === undefined ? first.id : null,
    nodes,
    has_more: tree.isCut,
  };
}

async function toNode(
  { id, parentId, createdAt, isVisible }: TreeNode,
  tenant: string,
  { store }: Pick<Services, 'store'>,
): Promise<Schemas['ResponseTreeNode']> {
  const page = isVisible ? await store.responses.search({ tenant, id, limit: 1 }) : undefined;
  const [found] = page === undefined || page === 'unknown-after' ? [] : page.data;
  return {
    id,
    parent_id: parentId ?? null,
    created_at: createdAt,
    model: found?.model ?? null,
    status: found ? await readStatus(found, { store }) : null,
    preview: found?.inputText ?? null,
    deleted: !isVisible,
  };
}
