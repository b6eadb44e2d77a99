import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import { createItemId } from '../../ids.ts';
import type { AgentClient, AgentEvent, AgentEventBatch, AgentRequest, RunOptions } from '../agent-client.ts';
import { createAnswerTooLarge } from '../answer-too-large.ts';
import { estimateUsage } from '../usage/estimate-usage.ts';
import { toApprovalEvents } from './call-items.ts';
import { checkOffered } from './check-offered.ts';
import type { ServerLists } from './list-servers.ts';
import type { AnsweredApproval } from './loop-request.ts';
import type { LoopState, ReplyStep } from './loop-state.ts';
import type { OfferedTools } from './offered-tools.ts';
import { ReplyReader } from './reply-reader.ts';
import { runCalls } from './run-calls.ts';
import { toRemaining, toRound } from './to-round.ts';
import type { ToolSession } from './tool-session.ts';
import { WatchedBudget } from './watched-budget.ts';

export interface LoopParts {
  agent: AgentClient;
  request: AgentRequest;
  options: RunOptions;
  session: ToolSession;
  state: LoopState;
  lists: ServerLists;
  offered: OfferedTools;
  /** The labels of all servers. */
  labels: ReadonlySet<string>;
  maxIterations: number;
  /** The most text of all replies and results. */
  answerBytes: number;
  progressMs: number;
}

/** One run: asks the model, runs the calls of its reply and asks again, until the run ends. */
export class Loop {
  readonly #parts: LoopParts;
  readonly #isJournalled: boolean;
  readonly #showsItems: boolean;
  readonly #budget: WatchedBudget | undefined;
  /** The first reply, asked for before the run is accepted. */
  #first: AsyncIterable<AgentEventBatch> | undefined;
  /** Events that go with the next batch, so that one write holds both. */
  #carry: AgentEvent[] = [];

  constructor(parts: LoopParts) {
    this.#parts = parts;
    this.#isJournalled = parts.options.loop?.journal !== undefined;
    this.#showsItems = parts.request.loop?.showsItems ?? false;
    this.#budget = parts.options.budget && new WatchedBudget(parts.options.budget);
  }

  /**
   * Uses the answers of approvals, then asks for the first reply unless something comes before it. Rejects with the
   * ApiError of the refusal: the run has produced no output then. A run that fails for its lists uses no answer.
   */
  async prepare(): Promise<void> {
    const { state, lists } = this.#parts;
    this.#carry = [...lists.events];
    if (lists.failure) return;
    this.#carry.push(...(await this.#useApprovals()));
    if (state.isFresh) this.#first = await this.#ask();
  }

  async *run(): AsyncGenerator<AgentEventBatch> {
    const { state, lists, session, offered, options, progressMs } = this.#parts;
    if (lists.failure) {
      yield* this.#emit(this.#takeCarry());
      throw lists.failure;
    }
    const { signal } = options;
    const canApprove = this.#showsItems && options.loop?.approvals !== undefined;
    const { observer } = options;
    const calls = { session, offered, state, showsItems: this.#showsItems, signal, canApprove, progressMs, observer };
    for (;;) {
      const { unfinished } = state;
      if (unfinished.length > 0) {
        for await (const events of runCalls(unfinished, this.#takeCarry(), calls)) yield* this.#emit(events);
      }
      if (state.unasked.length > 0) yield* this.#askApprovals();
      const ended = this.#ended();
      if (!ended) yield* this.#emit(this.#takeCarry());
      const end = ended ?? (state.isFresh ? undefined : this.#stopReason());
      if (end) return yield* this.#emit(this.#toEnd(end));
      const batches = await this.#askNext();
      if (!batches) return yield* this.#emit(this.#toEnd({ reason: 'incomplete', detail: 'budget_exceeded' }));
      if (!(yield* this.#readReply(batches))) return;
    }
  }

  /** How the run ends after its last reply; `undefined`: the model is asked again. */
  #ended(): ReplyStep['end'] | undefined {
    const { replies, isWaiting } = this.#parts.state;
    const last = replies.at(-1);
    return last && (isWaiting || !last.continues) ? last.end : undefined;
  }

  /** Returns why the model is not asked again. */
  #stopReason(): ReplyStep['end'] | undefined {
    const { state, options, request, maxIterations, answerBytes } = this.#parts;
    if (state.size > answerBytes) throw createAnswerTooLarge();
    if (options.loop?.isSteered?.()) return { reason: 'incomplete', detail: 'steered' };
    if (state.replies.length >= maxIterations) return { reason: 'incomplete', detail: 'max_iterations' };
    const { maxOutputTokens = 1 } = toRemaining(request.settings.maxOutputTokens, state);
    if (maxOutputTokens <= 0) return { reason: 'length' };
    return undefined;
  }

  #ask(): Promise<AsyncIterable<AgentEventBatch>> {
    const { agent, request, options } = this.#parts;
    return agent.run(toRound(request, this.#parts), { ...options, budget: this.#budget });
  }

  /** Asks for the next reply. `undefined`: the budget of the tenant is used up, and there are results to keep. */
  async #askNext(): Promise<AsyncIterable<AgentEventBatch> | undefined> {
    const first = this.#first;
    this.#first = undefined;
    try {
      return first ?? (await this.#ask());
    } catch (error) {
      const { replies, callCount } = this.#parts.state;
      if (replies.length + callCount > 0 && this.#budget?.hasRefused(error)) return undefined;
      throw error;
    }
  }

  /** Reads one reply. Returns `false` when the agent ended it without a reason. */
  async *#readReply(batches: AsyncIterable<AgentEventBatch>): AsyncGenerator<AgentEventBatch, boolean> {
    const { agent, request, state, offered } = this.#parts;
    const { loop, tools, responses } = request;
    const reader = new ReplyReader({
      offered,
      state,
      holdsCalls: this.#isJournalled,
      preambleCharacters: this.#showsItems || offered.isEmpty ? undefined : limits.preambleCharacters,
      hasClientTools: tools.length > 0,
      keepsItems: responses !== undefined && agent.speaksResponses !== undefined,
      include: loop?.include ?? [],
      maxCalls: (loop?.maxToolCalls ?? Number.POSITIVE_INFINITY) - state.callCount,
    });
    for await (const batch of batches) yield* this.#emit(reader.read(batch));
    const reply = reader.finish();
    if (!reply) {
      yield* this.#emit(reader.release());
      return false;
    }
    this.#carry = [...reply.held, state.record(await this.#withUsage(reply.step, reader))];
    this.#parts.options.observer?.replied(reply.step.calls.length);
    return true;
  }

  /** Adds an estimate for an agent that reports no usage. That of a single reply is left to the receiver. */
  async #withUsage(step: ReplyStep, { texts }: ReplyReader): Promise<ReplyStep> {
    const isSingle = this.#parts.state.replies.length === 0 && step.calls.length === 0;
    if (step.usage || isSingle) return step;
    return { ...step, usage: await estimateUsage(toRound(this.#parts.request, this.#parts), texts) };
  }

  /** Asks for the approvals that the last reply needs, once it is committed. */
  async *#askApprovals(): AsyncGenerator<AgentEventBatch> {
    const { state, options } = this.#parts;
    yield* this.#emit(this.#takeCarry());
    const events: AgentEvent[] = [];
    for (const { approvalId = '', ...call } of state.unasked) {
      const { server, tool, arguments: text, callId } = call;
      await options.loop?.approvals?.ask({ id: approvalId, server, tool, arguments: text });
      options.observer?.approvalAsked({ server, tool });
      const asked = state.record({ type: 'approval-asked', callId, approvalId });
      events.push(...toApprovalEvents({ ...call, approvalId }), asked);
    }
    yield* this.#emit(events);
  }

  /** Uses the answers that this run honours. Returns their steps. */
  async #useApprovals(): Promise<AgentEvent[]> {
    const { request, options, state } = this.#parts;
    const steps: AgentEvent[] = [];
    const unused = inOrder(request.loop?.approvals ?? []).filter(({ id }) => !state.hasAnswered(id));
    for (const approval of unused) if (approval.approve) checkOffered(approval, this.#parts);
    for (const { id, server, tool, arguments: text, approve, reason } of unused) {
      const answer = { approve, ...(reason === undefined ? {} : { reason }) };
      if (!options.loop?.approvals) throw new ApiError('approval_not_found', `Approval request '${id}' not found.`);
      await options.loop.approvals.use(id, answer);
      options.observer?.approvalUsed({ server, tool, approve });
      const call = { callId: id, itemId: createItemId('mcp'), server, tool, arguments: text, approvalId: id };
      steps.push(state.record({ type: 'approval-answered', id, ...answer, ...(approve ? { call } : {}) }));
    }
    return steps;
  }

  #toEnd(end: ReplyStep['end']): AgentEvent[] {
    const { usage, agentState } = this.#parts.state;
    return [
      ...this.#takeCarry(),
      ...(agentState === undefined ? [] : [{ type: 'agent-state' as const, state: agentState }]),
      ...(usage ? [{ type: 'usage' as const, usage }] : []),
      { type: 'run-end', ...end },
    ];
  }

  #takeCarry(): AgentEvent[] {
    return this.#carry.splice(0);
  }

  /** Yields events, with steps only if the run has a journal. */
  *#emit(events: readonly AgentEvent[]): Generator<AgentEventBatch> {
    const kept = this.#isJournalled ? events : events.filter(({ type }) => type !== 'step');
    if (kept.length > 0) yield kept;
  }
}

/** Requests that answer the same approvals use them in the same order, so that one of them gets all. */
const inOrder = (approvals: readonly AnsweredApproval[]): AnsweredApproval[] =>
  approvals.toSorted((a, b) => (a.id < b.id ? -1 : 1));
