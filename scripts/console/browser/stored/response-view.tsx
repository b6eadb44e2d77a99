import { useState } from 'preact/hooks';
import { deleteAnyResponse, getAnyResponse, getResponseTree } from '../api/operations.ts';
import type { Item, StoredResponse } from '../api/types.ts';
import { ItemList } from '../items/item-list.tsx';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { type Fact, Facts } from '../parts/facts.tsx';
import { FailureNotice, Notice } from '../parts/notice.tsx';
import { PageTitle } from '../parts/page-title.tsx';
import { Status } from '../parts/status.tsx';
import { RequestView } from '../runs/request-view.tsx';
import { toHash } from '../state/routes.ts';
import { useAction } from '../state/use-action.ts';
import { usePoll } from '../state/use-poll.ts';
import { formatCount, formatTime, shortId } from '../text/format.ts';
import { TreeView } from './tree-view.tsx';

const intervalMs = 2000;

/** A stored response in its chain. */
export function ResponseView({ id }: { id: string }) {
  const response = usePoll((signal) => getAnyResponse(id, signal), id, intervalMs);
  const tree = usePoll((signal) => getResponseTree(id, signal), id, intervalMs);
  const [isDeleted, setDeleted] = useState(false);
  return (
    <section>
      <div class="heading">
        <PageTitle title={`Response ${id}`}>
          Response <code>{id}</code>
        </PageTitle>
        {response.value && !isDeleted && <Status status={response.value.status} />}
      </div>
      {isDeleted && <Notice>The response is deleted. Responses that continue it keep their content.</Notice>}
      {!isDeleted && <FailureNotice failure={response.failure} />}
      <div class="columns columns-tree">
        <section aria-labelledby="chain">
          <h2 id="chain">Chain and forks</h2>
          {tree.value && <TreeView tree={tree.value} current={id} />}
        </section>
        {response.value && !isDeleted && (
          <Content response={response.value} onDeleted={() => [setDeleted(true), tree.refresh()]} />
        )}
      </div>
    </section>
  );
}

function Content({ response, onDeleted }: { response: StoredResponse; onDeleted: () => void }) {
  const { id, output } = response;
  const remove = useAction(async () => {
    await deleteAnyResponse(id);
    onDeleted();
  });
  return (
    <div>
      <Facts facts={toFacts(response)} />
      <div class="actions">
        <a class="button" href={toHash('runs', id)}>
          Open the run
        </a>
        <ConfirmButton
          label="Delete"
          title="Delete this response?"
          detail="Its content can't be read or continued any more. Responses that already continue it keep working."
          confirm="Delete the response"
          isDanger
          disabled={remove.isBusy}
          onConfirm={() => void remove.run()}
        />
      </div>
      <FailureNotice failure={remove.failure} />
      <h2>Output</h2>
      <ItemList items={output as Item[]} label="Output items" />
      <h2>Request</h2>
      <RequestView response={response} />
    </div>
  );
}

function toFacts({ model, created_at: created, usage, previous_response_id: previous, conversation }: StoredResponse) {
  const facts: Fact[] = [
    ['Model', model],
    ['Created', formatTime(created)],
    ['Tokens in', formatCount(usage?.input_tokens)],
    ['Tokens out', formatCount(usage?.output_tokens)],
  ];
  if (previous)
    facts.push([
      'Continues',
      <a key="p" href={toHash('responses', previous)}>
        {shortId(previous)}
      </a>,
    ]);
  if (conversation) {
    const link = <a href={toHash('conversations', conversation.id)}>{shortId(conversation.id)}</a>;
    facts.push(['Conversation', link]);
  }
  return facts;
}
