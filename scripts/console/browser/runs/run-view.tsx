import type { ComponentChildren } from 'preact';
import type { ApiFailure } from '../api/failure.ts';
import { getRun } from '../api/operations.ts';
import type { RunDetails, StoredResponse } from '../api/types.ts';
import { ApprovalCard } from '../approvals/approval-card.tsx';
import { ItemList } from '../items/item-list.tsx';
import { Disclosure } from '../parts/disclosure.tsx';
import { FailureNotice } from '../parts/notice.tsx';
import { PageTitle } from '../parts/page-title.tsx';
import { isActive, Status } from '../parts/status.tsx';
import { pendingApprovals } from '../state/approvals.ts';
import { useStore } from '../state/store.ts';
import { useElapsed } from '../state/use-elapsed.ts';
import { usePoll } from '../state/use-poll.ts';
import type { Transcript } from '../stream/transcript.ts';
import { useTranscript } from '../stream/use-transcript.ts';
import { EventsView } from './events-view.tsx';
import { RequestView } from './request-view.tsx';
import { RunActions } from './run-actions.tsx';
import { RunFacts } from './run-facts.tsx';
import { Timeline } from './timeline.tsx';

/** One run: its items and events as they happen, its timeline and its request. */
export function RunView({ id }: { id: string }) {
  const { value, failure, refresh } = usePoll((signal) => getRun(id, signal), id);
  return (
    <section>
      <div class="heading">
        <PageTitle title={`Run ${id}`}>
          Run <code>{id}</code>
        </PageTitle>
        {value && <Status status={value.run.status} />}
      </div>
      {!value && <Unread failure={failure} />}
      {value && <RunContent details={value} refresh={refresh} />}
    </section>
  );
}

/** The record of a run can be written a moment after its start. */
const recordMs = 4000;

function Unread({ failure }: { failure: ApiFailure | undefined }) {
  const isLate = useElapsed(recordMs);
  const isMissing = failure?.code === 'run_not_found';
  return isMissing && !isLate ? <p class="empty">Waiting for the run …</p> : <FailureNotice failure={failure} />;
}

interface ContentProperties {
  details: RunDetails;
  refresh: () => void;
}

function RunContent({ details, refresh }: ContentProperties) {
  return details.run.kind === 'response' ? (
    <ResponseContent details={details} refresh={refresh} />
  ) : (
    <Frame details={details} refresh={refresh} response={undefined}>
      <p class="empty">The content of chat completions isn't shown here.</p>
    </Frame>
  );
}

function ResponseContent({ details, refresh }: ContentProperties) {
  const { run, has_events: hasEvents } = details;
  const { transcript, isConnected, failure } = useTranscript(run.id, hasEvents, run.status);
  const isLive = isActive(run.status) && hasEvents;
  return (
    <Frame details={details} refresh={refresh} response={transcript.response}>
      {isLive && <p class={isConnected ? 'live' : 'live live-lost'}>{isConnected ? 'Live' : 'Reconnecting'}</p>}
      {failure ? (
        <p class="empty">The content of this response isn't stored, or was deleted.</p>
      ) : (
        <ItemList items={transcript.items} label="Output items" />
      )}
      {transcript.response && <Events transcript={transcript} />}
    </Frame>
  );
}

interface FrameProperties extends ContentProperties {
  response: StoredResponse | undefined;
  /** The output. */
  children: ComponentChildren;
}

/** Shows what every run has around its output. */
function Frame({ details: { run, calls }, refresh, response, children }: FrameProperties) {
  return (
    <>
      <RunFacts run={run} response={response} />
      {run.error && (
        <p class="notice notice-bad">
          <code>{run.error.code}</code> {run.error.message}
        </p>
      )}
      <RunActions run={run} onDone={refresh} />
      <RunApprovals id={run.id} />
      <div class="columns">
        <section aria-labelledby="output">
          <h2 id="output">Output</h2>
          {children}
        </section>
        <div>
          <section aria-labelledby="timeline">
            <h2 id="timeline">Timeline</h2>
            <Timeline run={run} calls={calls} />
          </section>
          {response && (
            <section aria-labelledby="request">
              <h2 id="request">Request</h2>
              <RequestView response={response} />
            </section>
          )}
        </div>
      </div>
    </>
  );
}

function Events({ transcript }: { transcript: Transcript }) {
  if (transcript.last < 0) return <p class="soft">The events of this response have expired.</p>;
  return (
    <Disclosure summary={`Events (${transcript.last + 1})`}>{() => <EventsView transcript={transcript} />}</Disclosure>
  );
}

/** The approvals that this run waits for can be answered in place. */
function RunApprovals({ id }: { id: string }) {
  const approvals = useStore(pendingApprovals)?.filter(({ response_id: response }) => response === id) ?? [];
  return (
    <>
      {approvals.map((approval) => (
        <ApprovalCard key={approval.id} approval={approval} />
      ))}
    </>
  );
}
