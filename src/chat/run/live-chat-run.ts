import type { JournalStep } from '../../agent/loop/journal-step.ts';
import { ApiError } from '../../errors/api-error.ts';
import { toErrorBody } from '../../errors/to-error-body.ts';
import type { EventBatch } from '../../flow/event-batch.ts';
import type { Flow } from '../../flow/flow.ts';
import type { ChatCompletionId } from '../../ids.ts';
import { type Begun, LiveRun, type LiveRunContext } from '../../runs/live-run.ts';
import type { SessionHeader } from '../../runs/run-report.ts';
import type { RunEnd } from '../../runs/run-watch.ts';
import type { ChatChunk, ChatDeps, ChatRequest } from '../chat-deps.ts';
import type { ChunkHead } from '../events/chunk-assembler.ts';
import { ChunkEncoder } from '../events/chunk-encoder.ts';
import { CompletionFold } from '../events/completion-fold.ts';
import { toChatUsage } from '../events/to-chat-usage.ts';
import type { Choice } from './plan-choices.ts';
import { settleUsage } from './settle-usage.ts';
import type { RunBatch } from './start-runs.ts';
import { storeChatCompletion } from './store-chat-completion.ts';

/** One execution of the agent for one chat completion. */
export interface ChatRun {
  /** All chunks. Throws an ApiError when the run fails. */
  events: Flow<EventBatch<ChatChunk>>;
  /** Whether the token counts are estimates. Set before the last chunk. */
  usageIsEstimate: boolean;
  /** The session header of the agent's answer. */
  readonly session: SessionHeader | undefined;
}

export interface StartedCompletion {
  id: ChatCompletionId;
  request: ChatRequest;
  head: ChunkHead;
  choices: readonly Choice[];
  /** The agent's answers, which have been accepted. */
  batches: AsyncIterable<RunBatch<Choice>>;
  /** Whether the last chunk holds the token counts. */
  includeUsage: boolean;
  deps: Pick<ChatDeps, 'store' | 'expiresAt'>;
  /** The chunks that an earlier execution has sent. */
  past: readonly ChatChunk[];
  /** Number of this execution, if another server may resume the completion. */
  attempt: number | undefined;
}

/** A chat completion driven by its reader. A failed one throws its error, and has it as the last entry of its log. */
export class LiveChatRun extends LiveRun<RunBatch<Choice>, ChatChunk> implements ChatRun {
  readonly #started: StartedCompletion;
  readonly #encoder = new ChunkEncoder();
  /** Omitted for a completion that is not stored. */
  readonly #fold: CompletionFold | undefined;
  /** Whether the journal has a step of this execution. */
  #hasSteps = false;
  /** Whether another server can continue: the run has a step, and no chunk was sent after the last one. */
  #isResumable: boolean;
  /** Whether the run is left to another server. */
  #isLeft = false;

  constructor(context: LiveRunContext, started: StartedCompletion) {
    super(context);
    this.#started = started;
    this.#fold = started.request.store ? new CompletionFold() : undefined;
    this.#fold?.add(started.past);
    this.#isResumable = (started.attempt ?? 1) > 1;
  }

  protected override open(): readonly ChatChunk[] {
    return [];
  }

  protected override async begin(): Promise<Begun<RunBatch<Choice>, ChatChunk>> {
    return { events: [], batches: this.#started.batches };
  }

  protected override take({ choice, batch }: RunBatch<Choice>): readonly ChatChunk[] {
    const chunks = choice.assembler.take(batch);
    this.#fold?.add(chunks);
    if (chunks.length > 0) this.#isResumable = false;
    return chunks;
  }

  protected override encode(chunk: ChatChunk): string {
    return this.#encoder.encode(chunk);
  }

  protected override stepsOf({ batch }: RunBatch<Choice>): readonly JournalStep[] {
    const steps = batch.flatMap((event) => (event.type === 'step' ? event.step : []));
    if (steps.length > 0) {
      this.#hasSteps = true;
      this.#isResumable = true;
    }
    return steps;
  }

  protected override async finish(): Promise<readonly ChatChunk[]> {
    const { head, choices, includeUsage } = this.#started;
    const last = endAll(choices);
    this.usageIsEstimate = choices.some(({ assembler }) => assembler.usage === undefined);
    if (!this.#fold && !includeUsage) return last;
    const usage: ChatChunk = { ...head, choices: [], usage: toChatUsage(await settleUsage(choices)) };
    if (this.#fold) await this.#store(this.#fold, [...last, usage]);
    return includeUsage ? [...last, usage] : last;
  }

  /** A run that has used tools ends with what it has: their results would be lost with a failure. */
  protected override async fail(failure: ApiError): Promise<readonly ChatChunk[] | undefined> {
    const { attempt } = this.#started;
    this.#isLeft = failure.code === 'server_shutting_down' && attempt !== undefined && this.#isResumable;
    if (failure.code !== 'run_timeout' || this.context.report.toolCalls === 0) return undefined;
    const { choices } = this.#started;
    const stopped = choices.flatMap(({ assembler }) =>
      assembler.take([{ type: 'run-end', reason: 'incomplete', detail: 'run_timeout' }]),
    );
    const last = [...this.unwritten, ...stopped, ...(await this.finish())];
    this.failure = undefined;
    return last;
  }

  protected override async cut(): Promise<void> {
    const { report, log } = this.context;
    if (!this.failure) return report.end({ outcome: 'cancelled' });
    if (this.#isLeft) {
      await this.#restoreAttempts();
      report.end({ outcome: 'cancelled', error: this.failure });
      throw this.failure;
    }
    const failure = report.fail(this.failure);
    if (log?.isBegun)
      await this.#endLog(() => [...this.unwritten, toErrorBody(failure)].map((entry) => JSON.stringify(entry)));
    else this.abandon(failure);
    throw failure;
  }

  protected override async commit(last: EventBatch<ChatChunk>): Promise<EventBatch<ChatChunk>> {
    if (this.context.log) await this.#endLog(() => last.texts);
    this.context.report.end(toRunEnd(this.#started.choices));
    return last;
  }

  /** Does not count an execution that an orderly stop cut short: it has not failed. A step has reset the count. */
  async #restoreAttempts(): Promise<void> {
    const { id, tenant, runs } = this.context;
    const { deps, attempt = 1 } = this.#started;
    if (!runs.isOrderly) return;
    const before = (this.#hasSteps ? 1 : attempt) - 1;
    await runs.settle('restore-attempts', async () => {
      await deps.store.runs.setAttempts({ tenant, id, owner: runs.server }, before);
    });
  }

  async #store(fold: CompletionFold, last: readonly ChatChunk[]): Promise<void> {
    const { id, request, deps } = this.#started;
    const { tenant } = this.context;
    fold.add(last);
    const stored = { id, completion: fold.toCompletion(), expiresAt: deps.expiresAt(tenant) };
    await storeChatCompletion(request, stored, { store: deps.store, tenant });
  }

  /** Ends the log, if there is one. Leaves that to recovery when the store cannot be written. */
  async #endLog(toTexts: () => readonly string[]): Promise<void> {
    const { log, report } = this.context;
    try {
      // An answer without output begins its log with the last chunks.
      if (log?.isBegun) await log.end(toTexts());
      else await log?.append(toTexts()).then(() => log.end([]));
    } catch (reason) {
      this.abandon(reason);
      throw report.fail(reason);
    }
  }
}

/** Reports tokens only as the agent counted them: an estimate would cost too much for a log line alone. */
function toRunEnd(choices: readonly Choice[]): RunEnd {
  const counts = choices.flatMap(({ assembler }) => assembler.usage ?? []);
  const reason = choices.map(({ assembler }) => toIncompleteReason(assembler)).find(Boolean);
  const end: RunEnd = { outcome: reason === undefined ? 'completed' : 'incomplete', reason };
  if (counts.length < choices.length) return end;
  const outputTokens = counts.reduce((total, count) => total + count.outputTokens, 0);
  return { ...end, inputTokens: Math.max(...counts.map((count) => count.inputTokens)), outputTokens };
}

function toIncompleteReason({ endReason: reason, endDetail }: Choice['assembler']): string | undefined {
  if (reason === 'length') return 'max_output_tokens';
  if (reason === 'incomplete') return endDetail ?? 'interrupted';
  return reason === 'content-filter' ? 'content_filter' : undefined;
}

/** Returns the last chunks of all choices. No choice finishes before all have. */
function endAll(choices: readonly Choice[]): ChatChunk[] {
  if (choices.some(({ assembler }) => !assembler.endReason)) {
    throw new ApiError('upstream_error', "The agent's answer ended early.");
  }
  return choices.flatMap(({ assembler }) => assembler.end());
}
