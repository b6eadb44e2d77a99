import type { JournalStep } from '../../agent/loop/journal-step.ts';
import { openFor } from '../../items/open-sealed.ts';
import type { CompactedHistory } from '../../items/parse-compaction.ts';
import type { StoredStep } from '../../store/run-store.ts';
import type { KeptItems } from '../events/kept-state.ts';
import { type LoggedItem, toLoggedItems } from '../events/logged-item.ts';
import { findCompaction } from '../plan/find-compaction.ts';
import type { ResponsePlan } from '../plan/plan-response.ts';
import type { ResponseEvent, ResponsesDeps } from '../responses-deps.ts';

/** A step in the journal of a response, with the fields of items that were kept since the step before. */
export type LoggedStep = JournalStep & { kept?: KeptItems };

/** What the log of a response holds from before an execution. */
export interface PastEvents {
  /** Types of the events. */
  sentTypes: readonly string[];
  logged?: readonly LoggedItem[];
  kept?: KeptItems;
  journal?: readonly JournalStep[];
}

/** A response as another execution left it. */
export interface PastRun extends PastEvents {
  logged: readonly LoggedItem[];
  journal: readonly JournalStep[];
}

/** Reads what an execution left, from its log and its journal. */
export function toPastRun(events: readonly ResponseEvent[], stored: readonly StoredStep[]): PastRun {
  // This server wrote the steps.
  const steps = stored.map(({ body, events: explained }) => ({ step: JSON.parse(body) as LoggedStep, explained }));
  // A steer may arrive within a reply: it explains no events.
  const last = steps.findLast(({ step }) => step.type !== 'steer-accepted');
  const calls = new Set(steps.flatMap(({ step }) => toCalls(step)));
  return {
    sentTypes: events.map(({ type }) => type),
    logged: toLoggedItems(events, { explained: last?.explained ?? 0, calls }),
    kept: Object.assign({}, ...steps.map(({ step }) => step.kept)),
    journal: steps.map(({ step: { kept: _kept, ...step } }) => step as JournalStep),
  };
}

function toCalls(step: JournalStep): string[] {
  if (step.type === 'reply-finished') return step.calls.map(({ itemId }) => itemId);
  return step.type === 'approval-answered' && step.call ? [step.call.itemId] : [];
}

/** Returns the history that an earlier execution compacted, if it did. */
export function findSentCompaction(
  { logged }: PastRun,
  { tenant }: Pick<ResponsePlan, 'tenant'>,
  { sealer }: Pick<ResponsesDeps, 'sealer'>,
): CompactedHistory | undefined {
  return findCompaction(
    logged.map(({ item }) => item),
    openFor(sealer, tenant),
  );
}
