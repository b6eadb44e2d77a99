import type { ResponseId } from '../../ids.ts';
import type { ResponseTree, TreeNode } from '../response-store.ts';

export interface NodeRow {
  /** Increases with each created response. */
  key: number;
  id: ResponseId;
  /** Null: the root. */
  parentId: ResponseId | null;
  createdAt: number;
  isVisible: boolean | 0 | 1;
}

/** Returns a chain of more than `limit` responses as its own tree. `chain`: newest first. */
export const toLongChain = (chain: readonly NodeRow[], limit: number): ResponseTree => ({
  nodes: chain.slice(0, limit).reverse().map(toNode),
  isCut: true,
});

/** Returns the tree of a chain. `descendants`: those of its root, oldest first, at most one more than the limit. */
export function toTree(chain: readonly NodeRow[], descendants: readonly NodeRow[], limit: number): ResponseTree {
  const own = new Set(chain.map(({ key }) => key));
  const others = descendants.filter(({ key }) => !own.has(key));
  const nodes = [...chain, ...others.slice(0, limit - chain.length)].sort((one, other) => one.key - other.key);
  return { nodes: nodes.map(toNode), isCut: nodes.length < chain.length + others.length };
}

const toNode = ({ id, parentId, createdAt, isVisible }: NodeRow): TreeNode => ({
  id,
  ...(parentId === null ? {} : { parentId }),
  createdAt,
  isVisible: Boolean(isVisible),
});
