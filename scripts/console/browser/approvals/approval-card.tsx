import { useRef } from 'preact/hooks';
import type { Approval } from '../api/types.ts';
import { toHash } from '../state/routes.ts';
import { useNow } from '../state/use-now.ts';
import { formatAge, formatTime, shortId } from '../text/format.ts';
import { AnswerForm } from './answer-form.tsx';
import { ArgumentsView } from './arguments-view.tsx';
import { leaveCard } from './move-focus.ts';

/** A pending approval with its answer form. The keys `a` and `d` lead from the card to the two answers. */
export function ApprovalCard({ approval }: { approval: Approval }) {
  const card = useRef<HTMLElement>(null);
  const onKey = (event: KeyboardEvent) => openAnswer(event, card.current);
  return (
    // biome-ignore-start lint/a11y/noNoninteractiveTabindex: the focus moves from card to card
    <article
      ref={card}
      class="card"
      tabIndex={0}
      aria-label={`${approval.tool} of ${approval.server_label}, tenant ${approval.tenant}`}
      onKeyDown={onKey}
    >
      <CardHeader approval={approval} />
      <ArgumentsView approval={approval} />
      <AnswerForm approval={approval} onAnswered={() => leaveCard(card.current)} />
    </article>
    // biome-ignore-end lint/a11y/noNoninteractiveTabindex: see above
  );
}

function CardHeader({ approval }: { approval: Approval }) {
  const { server_label: server, tool, tenant, model, response_id: response } = approval;
  const now = useNow();
  return (
    <header>
      <h2>
        <code>{tool}</code> <span class="soft">of</span> <code>{server}</code>
      </h2>
      <p class="meta">
        <span>Tenant {tenant}</span>
        {model !== null && <span>Model {model}</span>}
        <span>
          Run{' '}
          <a href={toHash('runs', response)}>
            <code>{shortId(response)}</code>
          </a>
        </span>
        <time title={formatTime(approval.created_at)}>Asked {formatAge(now - approval.created_at)} ago</time>
        <time title={formatTime(approval.expires_at)}>{describeExpiry(approval.expires_at - now)}</time>
      </p>
    </header>
  );
}

const describeExpiry = (seconds: number): string => (seconds <= 0 ? 'Expired' : `Expires in ${formatAge(seconds)}`);

function openAnswer(event: KeyboardEvent, card: HTMLElement | null): void {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if (!card || !(target instanceof HTMLElement) || ctrlKey || metaKey || altKey) return;
  if (key === 'Escape') return card.focus();
  if (target.matches('input, select, textarea')) return;
  const selector = { a: '[data-answer="approve"]', d: '[data-answer="reason"]' }[key];
  if (selector === undefined) return;
  event.preventDefault();
  card.querySelector<HTMLElement>(selector)?.focus();
}
