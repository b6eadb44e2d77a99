import type { AgentEndReason, AgentEvent, AgentLogprob, AgentUsage } from '../../agent/agent-client.ts';
import { callProviderFields, messageProviderFields, pickProviderFields } from '../../agent/request/provider-fields.ts';
import type { Schemas } from '../../contract/types.ts';
import type { ToolSet } from '../../tools/tool-set.ts';
import type { ChatChunk } from '../chat-deps.ts';
import { OpenToolCall } from './open-tool-call.ts';
import { toChatAnnotations } from './to-chat-annotations.ts';
import { toFinishReason } from './to-finish-reason.ts';

type Delta = Schemas['ChatCompletionDelta'];
type ChunkChoice = ChatChunk['choices'][number];

/** The fields that all chunks of a completion share. `usage` is null when the counts come in a last chunk. */
export type ChunkHead = Omit<ChatChunk, 'choices'>;

export interface ChoiceOptions {
  /** The index of the choice in the completion. */
  index: number;
  /** Maps the agent's tool names to those of the client. */
  tools: ToolSet;
}

/**
 * Translates the agent's events to the chunks of one choice: the role, then deltas, then the finish reason. Calls that
 * the agent runs itself are omitted: a chat client would run them again.
 */
export class ChunkAssembler {
  readonly #head: ChunkHead;
  readonly #index: number;
  readonly #tools: ToolSet;
  /** The client's calls, by id. */
  readonly #calls = new Map<string, OpenToolCall>();
  #batch: ChatChunk[] = [];
  #started = false;
  #hasText = false;
  /** Whether the next text belongs to another message of the agent. A completion has one message for all. */
  #isNextMessage = false;
  /** Number of calls that an earlier execution has sent. */
  #pastCalls = 0;
  /** The text produced so far, for a token estimate. */
  produced = { answer: '', reasoning: '' };
  usage: AgentUsage | undefined;
  endReason: AgentEndReason | undefined;
  /** The agent's own words for it. */
  endDetail: string | undefined;

  constructor(head: ChunkHead, { index, tools }: ChoiceOptions) {
    this.#head = head;
    this.#index = index;
    this.#tools = tools;
  }

  /** Continues after the chunks of an earlier execution. What comes now belongs to another message of the agent. */
  resume(chunks: readonly ChatChunk[]): void {
    for (const { delta } of chunks.flatMap(({ choices }) => choices)) {
      const { content, reasoning_content: reasoning, tool_calls: calls = [] } = delta;
      this.#started = true;
      this.#hasText ||= Boolean(content);
      this.produced.answer += content ?? '';
      this.produced.reasoning += reasoning ?? '';
      for (const { index } of calls) this.#pastCalls = Math.max(this.#pastCalls, index + 1);
    }
    this.#isNextMessage = this.#hasText;
  }

  /** Returns the chunks for one batch of agent events; possibly none. */
  take(batch: readonly AgentEvent[]): ChatChunk[] {
    for (const event of batch) this.#apply(event);
    return this.#flush();
  }

  /** Returns the last chunks, with the finish reason. */
  end(): ChatChunk[] {
    for (const call of this.#calls.values()) this.#addCall(call.end());
    const reason = toFinishReason(this.endReason ?? 'stop', this.#pastCalls + this.#calls.size > 0);
    this.#add({}, { finish_reason: reason });
    return this.#flush();
  }

  #apply(event: AgentEvent): void {
    switch (event.type) {
      case 'text-delta':
        return this.#addText(event.text, event.logprobs);
      case 'tool-result':
        // The agent ran it, which was unknown when it began: the client must not.
        this.#calls.delete(event.callId);
        return;
      case 'message-start':
        this.#isNextMessage = this.#hasText;
        return;
      case 'refusal-delta':
        this.produced.answer += event.text;
        return this.#add({ refusal: event.text });
      case 'reasoning-delta':
        this.produced.reasoning += event.text;
        return this.#add({ reasoning_content: event.text });
      case 'tool-call-start':
        return event.agentRuns ? undefined : this.#startCall(event.callId, event.name);
      case 'tool-call-delta':
        return this.#addToCall(event.callId, event.arguments);
      case 'tool-call-end':
        return this.#addCall(this.#calls.get(event.callId)?.end());
      case 'annotation':
        return this.#addAnnotations(toChatAnnotations(event.annotation));
      case 'provider-data':
        return this.#addProviderFields(event.callId, event.fields);
      case 'usage':
        this.usage = event.usage;
        return;
      case 'run-end':
        this.endReason = event.reason;
        this.endDetail = event.detail;
        return;
      case 'text-start':
      case 'text-end':
      case 'refusal-start':
      case 'refusal-end':
      case 'reasoning-start':
      case 'reasoning-end':
      case 'item-start':
      case 'item-event':
      case 'item-end':
      case 'agent-state':
      case 'step':
        return;
      default:
        return event satisfies never;
    }
  }

  #addText(delta: string, logprobs: AgentLogprob[] | undefined): void {
    const text = this.#isNextMessage ? `\n\n${delta}` : delta;
    this.#isNextMessage = false;
    this.#hasText = true;
    this.produced.answer += text;
    this.#add({ content: text }, toLogprobs(logprobs));
  }

  #startCall(callId: string, name: string): void {
    const call = new OpenToolCall({ index: this.#pastCalls + this.#calls.size, callId, tool: this.#tools.find(name) });
    this.#calls.set(callId, call);
    this.produced.answer += name;
    this.#addCall(call.start());
  }

  #addToCall(callId: string, text: string): void {
    const call = this.#calls.get(callId);
    if (!call) return;
    this.produced.answer += text;
    this.#addCall(call.add(text));
  }

  #addAnnotations(annotations: Schemas['ChatAnnotation'][]): void {
    if (annotations.length > 0) this.#add({ annotations });
  }

  #addProviderFields(callId: string | undefined, fields: Record<string, unknown>): void {
    if (callId !== undefined) {
      const known = pickProviderFields(fields, callProviderFields);
      return this.#addCall(known && this.#calls.get(callId)?.addProviderFields(known));
    }
    const known = pickProviderFields(fields, messageProviderFields);
    if (known) this.#add(known);
  }

  #addCall(delta: Schemas['ChatToolCallDelta'] | undefined): void {
    if (delta) this.#add({ tool_calls: [delta] });
  }

  #add(delta: Delta, rest: Partial<ChunkChoice> = {}): void {
    if (!this.#started) {
      this.#started = true;
      this.#push({ role: 'assistant', content: '', refusal: null }, {});
    }
    this.#push(delta, rest);
  }

  #push(delta: Delta, rest: Partial<ChunkChoice>): void {
    const choice = { index: this.#index, delta, logprobs: null, finish_reason: null, ...rest };
    this.#batch.push({ ...this.#head, choices: [choice] });
  }

  #flush(): ChatChunk[] {
    const batch = this.#batch;
    this.#batch = [];
    return batch;
  }
}

function toLogprobs(logprobs: AgentLogprob[] | undefined): Partial<ChunkChoice> {
  if (!logprobs) return {};
  const content = logprobs.map(({ topLogprobs, ...token }) => ({ ...token, top_logprobs: topLogprobs }));
  return { logprobs: { content, refusal: null } };
}
