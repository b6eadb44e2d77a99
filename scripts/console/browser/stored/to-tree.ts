import type { TreeNode } from '../api/types.ts';

/** A node of a chain of responses, as it is shown. */
export interface Branch {
  node: TreeNode;
  /** How many forks lead to it: a chain without forks isn't indented. */
  depth: number;
  /** Its position in the tree, from 1, for screen readers. */
  level: number;
  parent: string | null;
  isFork: boolean;
}

/** Lists the nodes of a tree, each after its parent. A fork is indented; the first continuation isn't. */
export function toBranches(nodes: TreeNode[]): Branch[] {
  const known = new Set(nodes.map(({ id }) => id));
  const isRoot = ({ parent_id: parent }: TreeNode) => parent === null || !known.has(parent);
  const children = Map.groupBy(nodes, (node) => (isRoot(node) ? null : node.parent_id));
  const branches: Branch[] = [];
  const open = (children.get(null) ?? []).map((node) => toBranch(node, 0, 1, false)).reverse();
  for (let branch = open.pop(); branch; branch = open.pop()) {
    branches.push(branch);
    const next = children.get(branch.node.id) ?? [];
    const isFork = next.length > 1;
    const { depth, level } = branch;
    open.push(...next.map((node) => toBranch(node, isFork ? depth + 1 : depth, level + 1, isFork)).reverse());
  }
  return branches;
}

const toBranch = (node: TreeNode, depth: number, level: number, isFork: boolean): Branch => ({
  node,
  depth,
  level,
  parent: node.parent_id,
  isFork,
});
