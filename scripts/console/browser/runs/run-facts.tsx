import type { Run, StoredResponse } from '../api/types.ts';
import { type Fact, Facts } from '../parts/facts.tsx';
import { isActive } from '../parts/status.tsx';
import { toHash } from '../state/routes.ts';
import { useNow } from '../state/use-now.ts';
import { formatCount, formatDuration, formatTime, shortId } from '../text/format.ts';
import { durationOf } from './runs-table.tsx';

interface Properties {
  run: Run;
  response: StoredResponse | undefined;
}

/** Shows what is known of a run, and links to its chain and conversation. */
export function RunFacts({ run, response }: Properties) {
  const now = useNow();
  return <Facts facts={[...toFacts(run, now), ...toLinks(run, response)]} />;
}

function toFacts(run: Run, now: number): Fact[] {
  const { created_at: created, started_at: started, first_output_at: first } = run;
  const queued = started ?? (isActive(run.status) ? now : null);
  const facts: Fact[] = [
    ['Tenant', run.tenant],
    ['Agent', run.agent],
    ['Model', run.model],
    ['Accepted', formatTime(created)],
    ['Queued for', queued === null ? null : formatDuration(queued - created)],
    ['First output', first === null ? null : formatDuration(first - created)],
    ['Duration', formatDuration(durationOf(run, now))],
    ['Tokens in', formatCount(run.input_tokens)],
    ['Tokens out', formatCount(run.output_tokens)],
    ['Model calls', run.model_calls],
    ['Tool calls', run.tool_calls],
    ['Attempt', run.attempt],
    ['Server', <code key="server">{shortId(run.server)}</code>],
    ['Request', run.request_id && <code key="request">{run.request_id}</code>],
  ];
  return run.reason === null ? facts : [...facts, ['Incomplete because', run.reason]];
}

function toLinks({ id, kind }: Run, response: StoredResponse | undefined): Fact[] {
  if (kind !== 'response' || !response) return [];
  const { previous_response_id: previous, conversation } = response;
  const links: Fact[] = [
    [
      'Chain',
      <a key="chain" href={toHash('responses', id)}>
        Chain and forks
      </a>,
    ],
  ];
  if (previous)
    links.push([
      'Continues',
      <a key="previous" href={toHash('runs', previous)}>
        {shortId(previous)}
      </a>,
    ]);
  if (conversation) {
    const link = <a href={toHash('conversations', conversation.id)}>{shortId(conversation.id)}</a>;
    links.push(['Conversation', link]);
  }
  return links;
}
