import type { AgentEndReason, AgentEvent, AgentLogprob, AgentUsage } from '../agent/agent-client.ts';
import type { Schemas } from '../contract/types.ts';
import type { ChatChunk } from './chat-deps.ts';
import { toChatUsage } from './to-chat-usage.ts';
import { toFinishReason } from './to-finish-reason.ts';

type Delta = Schemas['ChatCompletionDelta'];
type ChunkChoice = ChatChunk['choices'][number];

export interface ChunkHead {
  id: string;
  /** Unix seconds. */
  created: number;
  model: string;
}

/**
 * Turns what an agent says into chat chunks: the role first, then deltas, then the reason it ended, then, when asked
 * for, the token counts. Calls that the agent runs itself are not shown: a chat client would try to run them again.
 */
export class ChunkAssembler {
  readonly #head: Pick<ChatChunk, 'id' | 'object' | 'created' | 'model'>;
  readonly #includeUsage: boolean;
  /** The client's calls, by id: their place among the tool calls. */
  readonly #calls = new Map<string, number>();
  #batch: ChatChunk[] = [];
  #started = false;
  /** All that was produced, for an estimate of its tokens. */
  produced = { answer: '', reasoning: '' };
  usage: AgentUsage | undefined;
  endReason: AgentEndReason | undefined;

  constructor(head: ChunkHead, options: { includeUsage: boolean }) {
    this.#head = { id: head.id, object: 'chat.completion.chunk', created: head.created, model: head.model };
    this.#includeUsage = options.includeUsage;
  }

  /** The chunks that one batch of the agent's makes; may be none. */
  take(batch: readonly AgentEvent[]): ChatChunk[] {
    for (const event of batch) this.#apply(event);
    return this.#flush();
  }

  /** The last chunks. `usage` is present when the client asked for it. */
  end(usage: AgentUsage | undefined): ChatChunk[] {
    const reason = toFinishReason(this.endReason ?? 'stop', this.#calls.size > 0);
    this.#add({}, { finish_reason: reason });
    if (usage) this.#batch.push({ ...this.#head, choices: [], usage: toChatUsage(usage) });
    return this.#flush();
  }

  #apply(event: AgentEvent): void {
    switch (event.type) {
      case 'text-delta':
        this.produced.answer += event.text;
        return this.#add({ content: event.text }, toLogprobs(event.logprobs));
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
      case 'usage':
        this.usage = event.usage;
        return;
      case 'run-end':
        this.endReason = event.reason;
        return;
      case 'text-start':
      case 'text-end':
      case 'refusal-start':
      case 'refusal-end':
      case 'reasoning-start':
      case 'reasoning-end':
      case 'tool-call-end':
      case 'tool-result':
        return;
      default:
        return event satisfies never;
    }
  }

  #startCall(callId: string, name: string): void {
    const index = this.#calls.size;
    this.#calls.set(callId, index);
    this.produced.answer += name;
    this.#add({ tool_calls: [{ index, id: callId, type: 'function', function: { name, arguments: '' } }] });
  }

  #addToCall(callId: string, text: string): void {
    const index = this.#calls.get(callId);
    if (index === undefined) return;
    this.produced.answer += text;
    this.#add({ tool_calls: [{ index, function: { arguments: text } }] });
  }

  #add(delta: Delta, rest: Partial<ChunkChoice> = {}): void {
    if (!this.#started) {
      this.#started = true;
      this.#push({ role: 'assistant', content: '', refusal: null }, {});
    }
    this.#push(delta, rest);
  }

  #push(delta: Delta, rest: Partial<ChunkChoice>): void {
    const choice = { index: 0, delta, logprobs: null, finish_reason: null, ...rest };
    const { id, object, created, model } = this.#head;
    const chunk: ChatChunk = { id, object, created, model, choices: [choice] };
    if (this.#includeUsage) chunk.usage = null;
    this.#batch.push(chunk);
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
