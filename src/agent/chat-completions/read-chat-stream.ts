import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import type { AgentEvent } from '../agent-client.ts';
import { isErrorFrame, isErrorText } from '../upstream/errors/error-frame.ts';
import { fromStreamError } from '../upstream/errors/from-stream-error.ts';
import { isDoneMark } from '../upstream/is-done-mark.ts';
import type { LearnedFields } from '../upstream/learned-fields.ts';
import { learnFromExtras } from '../upstream/plain-answers.ts';
import type { AnswerStage, StreamReader, UpstreamContext } from '../upstream/upstream-format.ts';
import type { ChatChunk, ChatDelta } from './chat-chunk.ts';
import { type ChunkReader, createChunkReader } from './from-chat-chunk.ts';
import { noteReasoningField } from './note-reasoning-field.ts';
import { parseChunk } from './parse-chunk.ts';
import { isToolEvent } from './read-agent-tools.ts';
import { TextTemplate } from './text-template.ts';

/** Reads a stream of chunks that `[DONE]` ends. Some gateways send the token counts after it. */
export class ChatStreamReader implements StreamReader {
  activity = 0;
  stage: AnswerStage = 'open';
  readonly #chunks: ChunkReader;
  readonly #learned: LearnedFields;
  readonly #template = new TextTemplate();
  /** Whether `[DONE]` came before the token counts. Nothing else counts after it. */
  #lacksCounts = false;

  constructor({ agent, learned }: Pick<UpstreamContext, 'agent' | 'learned'>) {
    this.#chunks = createChunkReader(agent);
    this.#learned = learned;
  }

  read(data: string, event: string | undefined): AgentEvent[] {
    if (this.#lacksCounts) return this.#readCounts(data);
    const text = event === undefined ? this.#template.read(data) : undefined;
    if (text !== undefined) {
      this.activity += 1;
      return this.#chunks.readText(text);
    }
    this.#template.forget();
    if (isDoneMark(data)) return this.#readDone();
    if (event !== undefined && isFailure.test(event)) throw fromStreamError(tryParseJson(data) ?? data);
    if (!data.startsWith('{')) assertNoFailure(data);
    const chunk = parseChunk(data);
    if (isNote(chunk, event)) return this.#readNote(chunk, event);
    const events = this.#chunks.read(chunk);
    if (chunk.usage || (Array.isArray(chunk.choices) && chunk.choices.length > 0)) this.activity += 1;
    if (this.stage === 'open' && this.#chunks.isFinished()) this.stage = 'finished';
    noteReasoningField(data, events, this.#learned);
    const added = event === undefined ? toOnlyText(chunk, events) : undefined;
    if (added !== undefined) this.#template.learn(data, added);
    return events;
  }

  end(): AgentEvent[] {
    return this.#end(this.#lacksCounts);
  }

  #end(isDone: boolean): AgentEvent[] {
    if (this.#chunks.runsTools()) learnFromExtras(this.#learned);
    return this.#chunks.end(isDone);
  }

  /** Reads what a note tells of a tool that the agent runs itself. */
  #readNote(note: object, event = ''): AgentEvent[] {
    if (!isToolEvent(event)) return [];
    this.activity += 1;
    return this.#chunks.readProgress({ ...note }, event);
  }

  #readDone(): AgentEvent[] {
    this.activity += 1;
    this.#lacksCounts = !this.#chunks.isCounted();
    // The end of the body follows at once, or the counts do.
    this.stage = this.#lacksCounts ? 'finished' : 'done';
    return this.#lacksCounts ? [] : this.#end(true);
  }

  #readCounts(data: string): AgentEvent[] {
    const chunk = tryParseJson(data);
    if (isObject(chunk)) this.#chunks.readUsage(chunk);
    if (!this.#chunks.isCounted()) return [];
    this.stage = 'done';
    return this.#end(true);
  }
}

/** Returns the text of a chunk that added only text: whatever else it has would add nothing to the next one. */
function toOnlyText({ choices, citations, search_results }: ChatChunk, events: AgentEvent[]): string | undefined {
  const [added, ...others] = events;
  if (added?.type !== 'text-delta' || added.logprobs || others.length > 0) return undefined;
  if (citations || search_results || !Array.isArray(choices) || choices.length !== 1) return undefined;
  const { role: _role, content, ...rest }: ChatDelta = choices[0]?.delta ?? {};
  return content === added.text && Object.values(rest).every((value) => value === null) ? content : undefined;
}

/** Names of events that report a failure: `error`, `stream_error`, `response.failed`; not those of a tool. */
const isFailure = /^(?!.*tool).*(error|exception|failed)$/i;

/** Whether an event has a name of its own and is no chunk: a note of the agent, such as the progress of a tool. */
function isNote(chunk: ChatChunk, event: string | undefined): boolean {
  return event !== undefined && event !== 'message' && chunk.choices === undefined && !isErrorFrame(chunk, true);
}

/** Throws the error that an event other than an object reports: in a list, or as plain text. */
function assertNoFailure(data: string): void {
  const value = tryParseJson(data);
  if (isErrorFrame(value)) throw fromStreamError(value);
  if (value === undefined && isErrorText(data)) throw fromStreamError(data);
}
