import { useState } from 'preact/hooks';
import {
  deleteAnyConversation,
  listAllConversations,
  listAllResponses,
  listAnyConversationItems,
} from '../api/operations.ts';
import type { ConversationSummary } from '../api/types.ts';
import { PagedItems } from '../items/paged-items.tsx';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { Facts } from '../parts/facts.tsx';
import { FailureNotice, Notice } from '../parts/notice.tsx';
import { PageTitle } from '../parts/page-title.tsx';
import { useAction } from '../state/use-action.ts';
import { usePoll } from '../state/use-poll.ts';
import { formatCount, formatTime } from '../text/format.ts';
import { ResponsesTable } from './stored-tables.tsx';

const intervalMs = 5000;
const pageSize = 50;

/** A conversation: its items and the responses that made them. */
export function ConversationView({ id }: { id: string }) {
  const { value, failure } = usePoll((signal) => listAllConversations({ id }, signal), id, intervalMs);
  const [isDeleted, setDeleted] = useState(false);
  const found = value?.data[0];
  return (
    <section>
      <PageTitle title={`Conversation ${id}`}>
        Conversation <code>{id}</code>
      </PageTitle>
      <FailureNotice failure={failure} />
      {isDeleted && <Notice>The conversation is deleted. Its responses are kept.</Notice>}
      {!isDeleted && value && !found && <p class="empty">No conversation has this ID, or it was deleted.</p>}
      {!isDeleted && found && <Content conversation={found} onDeleted={() => setDeleted(true)} />}
    </section>
  );
}

function Content({ conversation, onDeleted }: { conversation: ConversationSummary; onDeleted: () => void }) {
  const { id, tenant, items, created_at: created, metadata } = conversation;
  const remove = useAction(async () => {
    await deleteAnyConversation(id);
    onDeleted();
  });
  return (
    <>
      <Facts
        facts={[
          ['Tenant', tenant],
          ['Items', formatCount(items)],
          ['Created', formatTime(created)],
          ...Object.entries(metadata ?? {}),
        ]}
      />
      <div class="actions">
        <ConfirmButton
          label="Delete"
          title="Delete this conversation?"
          detail="Its items can't be read any more, and no response can continue it."
          confirm="Delete the conversation"
          isDanger
          disabled={remove.isBusy}
          onConfirm={() => void remove.run()}
        />
      </div>
      <FailureNotice failure={remove.failure} />
      <div class="columns">
        <section aria-labelledby="items">
          <h2 id="items">Items</h2>
          <PagedItems
            label="Items of the conversation"
            load={(after) => listAnyConversationItems(id, { order: 'asc', limit: pageSize, ...(after && { after }) })}
          />
        </section>
        <section aria-labelledby="responses">
          <h2 id="responses">Responses</h2>
          <ResponsesOf id={id} />
        </section>
      </div>
    </>
  );
}

function ResponsesOf({ id }: { id: string }) {
  const asked = { conversation: id, limit: pageSize };
  const { value, failure } = usePoll((signal) => listAllResponses(asked, signal), id, intervalMs);
  return (
    <>
      <FailureNotice failure={failure} />
      {value && <ResponsesTable responses={value.data} hasTenants={false} isPartial={value.has_more} />}
    </>
  );
}
