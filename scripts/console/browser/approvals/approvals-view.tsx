import { useEffect, useRef } from 'preact/hooks';
import { PageTitle } from '../parts/page-title.tsx';
import { pendingApprovals } from '../state/approvals.ts';
import { useStore } from '../state/store.ts';
import { ApprovalCard } from './approval-card.tsx';
import { moveFocus } from './move-focus.ts';

/** The inbox: every pending approval of every tenant, the oldest first, so that new ones don't move the others. */
export function ApprovalsView() {
  const approvals = useStore(pendingApprovals);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => moveFocus(event, list.current);
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <section>
      <PageTitle title="Approvals" />
      <p role="status" class="soft">
        {describeCount(approvals?.length)}
      </p>
      {approvals && approvals.length > 0 && <Help />}
      <div ref={list} class="cards">
        {approvals?.map((approval) => (
          <ApprovalCard key={approval.id} approval={approval} />
        ))}
      </div>
      {approvals?.length === 0 && (
        <p class="empty">Nothing waits for approval. New requests appear here at once, and in the title of this tab.</p>
      )}
    </section>
  );
}

function describeCount(count: number | undefined): string {
  if (count === undefined) return 'Loading …';
  return count === 1 ? '1 request waits for an answer.' : `${count} requests wait for an answer.`;
}

function Help() {
  return (
    <p class="help">
      <kbd>j</kbd> <kbd>k</kbd> next and previous · <kbd>a</kbd> <kbd>Enter</kbd> approve · <kbd>d</kbd> reason{' '}
      <kbd>Enter</kbd> deny · <kbd>Esc</kbd> back to the card
    </p>
  );
}
