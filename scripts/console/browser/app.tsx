import { useEffect } from 'preact/hooks';
import { isReachable } from './api/send.ts';
import { refusal } from './api/session.ts';
import { ApprovalsView } from './approvals/approvals-view.tsx';
import { LoadView } from './load/load-view.tsx';
import { SignIn } from './parts/sign-in.tsx';
import { RunView } from './runs/run-view.tsx';
import { RunsView } from './runs/runs-view.tsx';
import { loadApprovals, pendingApprovals } from './state/approvals.ts';
import { useRoute } from './state/router.ts';
import type { Route } from './state/routes.ts';
import { useStore } from './state/store.ts';
import { setPending } from './state/title.ts';
import { usePoll } from './state/use-poll.ts';
import { ConversationView } from './stored/conversation-view.tsx';
import { ResponseView } from './stored/response-view.tsx';
import { StoredView } from './stored/stored-view.tsx';

/** Approvals are polled in every view: their number is part of the frame. */
const approvalsMs = 800;

export function App() {
  const refused = useStore(refusal);
  return refused ? <SignIn refused={refused} /> : <SignedIn />;
}

function SignedIn() {
  const route = useRoute();
  const isConnected = useStore(isReachable);
  const approvals = useStore(pendingApprovals);
  usePoll(loadApprovals, 'approvals', approvalsMs);
  useEffect(() => setPending(approvals?.length ?? 0), [approvals]);
  return (
    <>
      <div role="status">
        {!isConnected && (
          <p class="notice notice-bad">The server can't be reached. Trying again; what is shown may be out of date.</p>
        )}
      </div>
      <View {...route} key={`${route.room}/${route.id}`} />
    </>
  );
}

function View({ room, id, query }: Route) {
  switch (room) {
    case 'runs':
      return id === null ? <RunsView query={query} /> : <RunView id={id} />;
    case 'approvals':
      return <ApprovalsView />;
    case 'conversations':
      return id === null ? <StoredView query={query} /> : <ConversationView id={id} />;
    case 'responses':
      return id === null ? <StoredView query={query} /> : <ResponseView id={id} />;
    case 'load':
      return <LoadView query={query} />;
  }
}
