import { useRef } from 'preact/hooks';
import type { ResponseTree } from '../api/types.ts';
import { Status } from '../parts/status.tsx';
import { goTo } from '../state/router.ts';
import { formatClock, shortId } from '../text/format.ts';
import { type Branch, toBranches } from './to-tree.ts';

interface Properties {
  tree: ResponseTree;
  current: string;
}

/** Deeper forks aren't indented further, so that they fit on a phone. */
const deepest = 8;

/** Shows a chain with its forks as a tree: arrow keys move, Enter opens a response. */
export function TreeView({ tree, current }: Properties) {
  const list = useRef<HTMLDivElement>(null);
  const branches = toBranches(tree.nodes);
  const onKey = (event: KeyboardEvent) => {
    const target = toTarget(event, branches);
    if (target === undefined) return;
    event.preventDefault();
    list.current?.querySelector<HTMLElement>(`[data-index="${target}"]`)?.focus();
  };
  return (
    <>
      <div ref={list} class="tree" role="tree" aria-label="Chain of responses" onKeyDown={onKey}>
        {branches.map((branch, index) => (
          <TreeItem key={branch.node.id} branch={branch} index={index} isCurrent={branch.node.id === current} />
        ))}
      </div>
      {tree.has_more && <p class="soft">The tree has more responses. Open the first or the last one to see others.</p>}
    </>
  );
}

interface ItemProperties {
  branch: Branch;
  index: number;
  isCurrent: boolean;
}

function TreeItem({ branch: { node, depth, level, isFork }, index, isCurrent }: ItemProperties) {
  const open = () => goTo('responses', node.id);
  const onKey = ({ key }: KeyboardEvent) => {
    if (key === 'Enter' && !node.deleted) open();
  };
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-selected={isCurrent}
      tabIndex={isCurrent ? 0 : -1}
      data-index={index}
      class={`branch depth-${Math.min(depth, deepest)}${isFork ? ' fork' : ''}`}
      onClick={node.deleted ? undefined : open}
      onKeyDown={onKey}
    >
      <span class="branch-text">{node.deleted ? 'Deleted' : (node.preview ?? 'Without text')}</span>
      <span class="branch-meta">
        <code>{shortId(node.id)}</code> {!node.deleted && <Status status={node.status} />}{' '}
        {formatClock(node.created_at)}
      </span>
    </div>
  );
}

/** Returns the index of the item that a key leads to. */
function toTarget({ key, target }: KeyboardEvent, branches: Branch[]): number | undefined {
  const index = Number(target instanceof HTMLElement ? target.dataset['index'] : Number.NaN);
  const branch = branches[index];
  if (!branch) return undefined;
  const indexOf = (id: string | null) => branches.findIndex(({ node }) => node.id === id);
  const targets: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    Home: 0,
    End: branches.length - 1,
    ArrowLeft: indexOf(branch.parent),
    ArrowRight: branches.findIndex(({ parent }) => parent === branch.node.id),
  };
  const found = targets[key];
  return found === undefined || !branches[found] ? undefined : found;
}
