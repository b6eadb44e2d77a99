import { refusal } from '../api/session.ts';
import { pendingApprovals } from '../state/approvals.ts';
import { useRoute } from '../state/router.ts';
import { type Room, toHash } from '../state/routes.ts';
import { useStore } from '../state/store.ts';

const tabs: [room: Room, label: string, others?: Room][] = [
  ['runs', 'Runs'],
  ['approvals', 'Approvals'],
  ['conversations', 'Conversations', 'responses'],
  ['load', 'Load'],
];

/** The views of the console. The number of pending approvals is next to theirs. */
export function Tabs() {
  const { room } = useRoute();
  const refused = useStore(refusal);
  const count = useStore(pendingApprovals)?.length ?? 0;
  if (refused) return null;
  return (
    <>
      {tabs.map(([name, label, other]) => (
        <a key={name} href={toHash(name)} aria-current={room === name || room === other ? 'page' : undefined}>
          {label}
          {name === 'approvals' && count > 0 && (
            <span class="count">
              {count}
              <span class="hidden"> pending</span>
            </span>
          )}
        </a>
      ))}
    </>
  );
}
