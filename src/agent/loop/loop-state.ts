import type { AgentEvent, AgentMessage, AgentPart, AgentUsage } from '../agent-client.ts';
import { toDenial } from '../request/to-denial.ts';
import { addUsage } from '../usage/add-usage.ts';
import type { JournalStep, PlannedCall } from './journal-step.ts';
import type { ServerTool } from './loop-request.ts';

export type ReplyStep = Extract<JournalStep, { type: 'reply-finished' }>;
type FinishedStep = Extract<JournalStep, { type: 'tool-finished' }>;
type AnswerStep = Extract<JournalStep, { type: 'approval-answered' }>;

/**
 * The state of one run: the fold of its steps. Steps of earlier executions and of this one are applied alike, so a
 * resumed run is in the state that it was left in.
 */
export class LoopState {
  readonly replies: ReplyStep[] = [];
  readonly #lists = new Map<string, readonly ServerTool[]>();
  readonly #answers = new Map<string, AnswerStep>();
  readonly #started = new Set<string>();
  readonly #finished = new Map<string, FinishedStep>();
  readonly #asked = new Set<string>();
  /** Consecutive interruptions, by tool. */
  readonly #interruptions = new Map<string, number>();
  readonly #calls = new Map<string, PlannedCall>();
  /** The calls whose tools ask for a confirmation, which ends the run. */
  readonly #unconfirmed: PlannedCall[] = [];
  /** Characters of all replies and results. */
  size = 0;
  /** Token counts of all replies; `undefined` before the first. */
  usage: AgentUsage | undefined;
  agentState: string | undefined;

  constructor(journal: readonly JournalStep[] = []) {
    for (const step of journal) this.#apply(step);
  }

  /** Applies a step, and returns its event. */
  record(step: JournalStep): AgentEvent {
    this.#apply(step);
    return { type: 'step', step };
  }

  #apply(step: JournalStep): void {
    switch (step.type) {
      case 'tools-listed':
        this.#lists.set(step.server, step.tools);
        return;
      case 'reply-finished':
        return this.#addReply(step);
      case 'approval-answered':
        this.#answers.set(step.id, step);
        if (step.call) this.#calls.set(step.call.callId, step.call);
        return;
      case 'approval-asked':
        this.#asked.add(step.approvalId);
        return;
      case 'tool-started':
        if (this.#started.has(step.callId)) this.#countInterruption(step.callId);
        this.#started.add(step.callId);
        return;
      case 'tool-finished':
        this.#finished.set(step.callId, step);
        this.size += toSize(step.content);
        if (step.interrupted) this.#countInterruption(step.callId);
        else this.#interruptions.delete(this.#toolOf(step.callId));
        if (step.approvalId !== undefined) this.#addUnconfirmed(step.callId, step.approvalId);
        return;
      case 'steer-accepted':
        return;
      default:
        return step satisfies never;
    }
  }

  /** Whether the run has no reply and no honoured approval yet. */
  get isFresh(): boolean {
    return this.replies.length === 0 && this.#answers.size === 0;
  }

  /** The number of calls of server-side tools that this run was asked for. */
  get callCount(): number {
    return this.#calls.size;
  }

  /** The calls to run now: those that are not finished, and do not wait for approval. */
  get unfinished(): PlannedCall[] {
    const waiting = new Set(this.#waiting.map(({ callId }) => callId));
    return this.#calls
      .values()
      .filter(({ callId }) => !this.#finished.has(callId) && !waiting.has(callId))
      .toArray();
  }

  /** The calls of the last reply whose approval has not been asked for. */
  get unasked(): PlannedCall[] {
    return this.#waiting.filter(({ approvalId = '' }) => !this.#asked.has(approvalId));
  }

  /** Whether a call of the last reply waits for approval, so that the model is not asked again. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  listOf(server: string): readonly ServerTool[] | undefined {
    return this.#lists.get(server);
  }

  hasAnswered(approvalId: string): boolean {
    return this.#answers.has(approvalId);
  }

  hasCall(callId: string): boolean {
    return this.#calls.has(callId);
  }

  /** Whether an earlier execution started the call and did not finish it. */
  hasStarted(callId: string): boolean {
    return this.#started.has(callId);
  }

  /** How often in a row the tool of a call was interrupted. */
  interruptionsOf(call: PlannedCall): number {
    return this.#interruptions.get(toToolKey(call)) ?? 0;
  }

  /** Returns the result of a call, or of the denial of its approval. */
  resultOf(callId: string): readonly AgentPart[] | undefined {
    const answer = this.#answers.get(callId);
    if (answer?.approve === false) return [{ type: 'text', text: toDenial(answer.reason) }];
    return this.#finished.get(callId)?.content;
  }

  /** Returns the messages that a reply adds to the conversation, with the results of its calls. */
  messagesOf({ message, results = [], calls }: ReplyStep): AgentMessage[] {
    return [message, ...results, ...calls.flatMap(({ callId }) => this.#toResult(callId))];
  }

  #toResult(callId: string): AgentMessage[] {
    const content = this.resultOf(callId);
    return content ? [{ role: 'tool', callId, content: [...content] }] : [];
  }

  get #waiting(): readonly PlannedCall[] {
    const calls = this.replies.at(-1)?.calls ?? [];
    return [...calls.filter(({ approvalId }) => approvalId !== undefined), ...this.#unconfirmed];
  }

  #addUnconfirmed(callId: string, approvalId: string): void {
    const call = this.#calls.get(callId);
    if (call) this.#unconfirmed.push({ ...call, approvalId });
  }

  #addReply(step: ReplyStep): void {
    this.replies.push(step);
    this.size += toSize(step.message);
    for (const call of step.calls) this.#calls.set(call.callId, call);
    if (step.usage) this.usage = this.usage ? addUsage(this.usage, step.usage) : step.usage;
    if (step.agentState !== undefined) this.agentState = step.agentState;
  }

  #countInterruption(callId: string): void {
    const tool = this.#toolOf(callId);
    this.#interruptions.set(tool, (this.#interruptions.get(tool) ?? 0) + 1);
  }

  #toolOf(callId: string): string {
    const call = this.#calls.get(callId);
    return call ? toToolKey(call) : '';
  }
}

const toToolKey = ({ server, tool }: PlannedCall): string => `${server}\0${tool}`;

const toSize = (value: object): number => JSON.stringify(value).length;
