import { limits } from '../../config/limits.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { AgentAnnotation, AgentEvent } from '../agent-client.ts';
import { createAnswerTooLarge } from '../answer-too-large.ts';
import { mergeProviderFields } from '../request/provider-fields.ts';
import { SourceReader } from './read-sources.ts';
import { ThinkTagReader } from './think-tag-reader.ts';

export type BlockType = 'text' | 'reasoning' | 'refusal';

/** Writes the texts of one answer as events, with one block open at a time. */
export class BlockWriter {
  readonly sources = new SourceReader();
  readonly #agent: { agent?: string };
  /** Annotations that wait for a text. */
  #annotations: AgentAnnotation[] = [];
  #events: AgentEvent[] = [];
  #openBlock: BlockType | undefined;
  /** `undefined` once the answer cannot begin with a tag. */
  #tags: ThinkTagReader | undefined = new ThinkTagReader();
  #textLength = 0;
  #isNextMessage = false;
  #provider: Record<string, unknown> | undefined;
  #providerBytes = 0;

  /** `agent`: the name of the agent. */
  constructor(agent: string | undefined) {
    this.#agent = omitUndefined({ agent });
  }

  /** Whether text is held back that may turn out to be a tag. */
  get isHolding(): boolean {
    return this.#tags?.isAtStart ?? false;
  }

  /** Returns the events written since the last call. */
  take(): AgentEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Ends the open block. The next text is another message, as after a tool that the agent ran itself. */
  endMessage(): void {
    this.enter(undefined);
    this.#isNextMessage = true;
  }

  /** Adds the answer's text, which may begin with thoughts in tags. */
  addContent(content: unknown): void {
    // Agents separate such messages by an empty line.
    const text = this.#isNextMessage && typeof content === 'string' ? content.trimStart() : content;
    if (typeof text !== 'string' || text === '') return;
    if (this.#isNextMessage) this.#events.push({ type: 'message-start' });
    this.#isNextMessage = false;
    if (this.#tags === undefined) {
      this.add('text', text);
      return;
    }
    for (const piece of this.#tags.read(text)) this.add(piece.block, piece.text);
    if (this.#tags.isDecided) this.#tags = undefined;
  }

  /** Adds reasoning of its own field: text of this upstream that begins with a tag is then just text. */
  addReasoning(text: unknown): boolean {
    if (typeof text !== 'string' || text === '') return false;
    if (this.#tags?.isAtStart) this.#endTags(false);
    this.add('reasoning', text);
    return true;
  }

  add(block: BlockType, text: unknown): void {
    if (typeof text !== 'string' || text === '') return;
    this.enter(block);
    if (block === 'text') this.#textLength += text.length;
    this.#events.push({ type: `${block}-delta`, text });
  }

  /** Ends the open block, unless it is this one, and starts this one. */
  enter(block: BlockType | undefined): void {
    if (this.#openBlock === block) return;
    this.#leave();
    if (block !== undefined) this.#events.push({ type: `${block}-start` });
    this.#openBlock = block;
    if (block === 'text') this.#annotate(this.#annotations.splice(0));
  }

  annotate(annotations: readonly AgentAnnotation[]): void {
    if (this.#openBlock === 'text') this.#annotate(annotations);
    else this.#annotations.push(...annotations);
  }

  /** Adds a piece of the message's provider data. Throws `answer_too_large`. */
  addProviderFields(fields: Record<string, unknown>): void {
    this.#providerBytes += JSON.stringify(fields).length;
    if (this.#providerBytes > limits.answerProviderBytes) throw createAnswerTooLarge();
    this.#provider ??= {};
    mergeProviderFields(this.#provider, fields);
  }

  /** Ends the texts. `isWhole`: nothing cut the answer short, and it has no calls. */
  end(isWhole: boolean): void {
    this.#endTags(isWhole);
    this.enter(undefined);
    this.#writeProvider();
  }

  #endTags(isWhole: boolean): void {
    for (const piece of this.#tags?.end(isWhole) ?? []) this.add(piece.block, piece.text);
    this.#tags = undefined;
  }

  #leave(): void {
    if (this.#openBlock === undefined) return;
    if (this.#openBlock === 'text') this.#annotate(this.sources.takePages(this.#textLength));
    // It belongs to the thoughts.
    if (this.#openBlock === 'reasoning') this.#writeProvider();
    this.#events.push({ type: `${this.#openBlock}-end` });
  }

  #annotate(annotations: readonly AgentAnnotation[]): void {
    for (const annotation of annotations) this.#events.push({ type: 'annotation', annotation });
  }

  #writeProvider(): void {
    if (this.#provider === undefined) return;
    this.#events.push({ type: 'provider-data', ...this.#agent, fields: this.#provider });
    this.#provider = undefined;
  }
}
