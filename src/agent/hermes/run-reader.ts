import { isObject } from '../../json/is-object.ts';
import type { AgentEvent } from '../agent-client.ts';
import { fromStreamError } from '../upstream/errors/from-stream-error.ts';
import { toProgressCall, toProgressResult } from '../upstream/progress-call.ts';
import { toCount } from '../upstream/to-count.ts';
import type { HermesEvent, HermesTranscript } from './hermes-event.ts';
import { TranscriptReader } from './transcript-reader.ts';

/**
 * Translates the events of one run, in order. They hold the text, but only a name and a preview of each tool: calls and
 * results come from the session's transcript, which the owner of this reader fetches when it is needed.
 */
export class RunReader {
  readonly #runId: string;
  readonly #transcript = new TranscriptReader();
  /** Whether the transcript cannot be read. Calls then have a preview instead of their arguments. */
  #isBlind = false;
  #isTextOpen = false;
  /** Whether the text of the last step was streamed. */
  #hasText = false;
  /** Whether text waits for the results of completed tools. */
  #isPatient = true;
  /** Tools that have started and completed so far, as the events report them. */
  #started = 0;
  #completed = 0;
  /** Whether the run has ended. */
  isEnded = false;

  constructor(runId: string) {
    this.#runId = runId;
  }

  /** Whether the transcript has to be read before this event. */
  needsTranscript({ event }: HermesEvent): boolean {
    if (this.#isBlind) return false;
    switch (event) {
      case 'tool.started':
        return this.#started >= this.#transcript.calls;
      case 'tool.completed':
        return this.#completed >= this.#transcript.results;
      case 'message.delta':
        return this.#isPatient && this.#completed > this.#transcript.results;
      case 'run.completed':
        return this.#completed > this.#transcript.results;
      default:
        return false;
    }
  }

  /** Returns the calls and results that are new in the transcript. */
  sync(transcript: HermesTranscript): AgentEvent[] {
    const events = this.#transcript.read(transcript);
    return events.length === 0 ? events : [...this.#closeText(), ...events];
  }

  /** Continues after this event without what the transcript lacks. A later read still finds it. */
  stopWaiting({ event }: HermesEvent): void {
    // The model has seen every result before it writes: the transcript would have it by now.
    if (event === 'message.delta') this.#isPatient = false;
  }

  /** Continues without the transcript. */
  goBlind(): void {
    this.#isBlind = true;
  }

  /** Translates one event. Throws the error of a failed run. */
  read(event: HermesEvent): AgentEvent[] {
    switch (event.event) {
      case 'message.delta':
        return this.#readText(event.delta);
      case 'reasoning.available':
        // Despite its name, it repeats the text of a message that has ended.
        return this.#closeText();
      case 'tool.started':
        this.#started += 1;
        this.#isPatient = true;
        this.#hasText = false;
        return this.#isBlind ? [...this.#closeText(), ...this.#progressCall(event)] : [];
      case 'tool.completed':
        this.#completed += 1;
        return this.#isBlind ? [this.#progressResult(event)] : [];
      case 'run.completed':
        return this.#end(event);
      case 'run.cancelled':
        this.isEnded = true;
        return [...this.#closeText(), { type: 'run-end', reason: 'incomplete', detail: 'cancelled' }];
      case 'run.failed':
        this.isEnded = true;
        throw fromStreamError({ message: event.error });
      default:
        return [];
    }
  }

  #progressCall({ tool, preview }: HermesEvent): AgentEvent[] {
    return toProgressCall(this.#toCallId(this.#started), typeof tool === 'string' ? tool : 'tool', preview);
  }

  #progressResult({ error }: HermesEvent): AgentEvent {
    return toProgressResult(this.#toCallId(this.#completed), error === true ? 'failed' : 'completed');
  }

  #toCallId(count: number): string {
    return `call_${this.#runId}_${count}`;
  }

  #readText(delta: unknown): AgentEvent[] {
    if (typeof delta !== 'string') return [];
    // Hermes separates the text of a later step from the one before by an empty line. Here it is a message of its own.
    const text = this.#isTextOpen ? delta : delta.trimStart();
    if (text === '') return [];
    const start: AgentEvent[] = this.#isTextOpen ? [] : [{ type: 'message-start' }, { type: 'text-start' }];
    this.#isTextOpen = true;
    this.#hasText = true;
    return [...start, { type: 'text-delta', text }];
  }

  #closeText(): AgentEvent[] {
    if (!this.#isTextOpen) return [];
    this.#isTextOpen = false;
    return [{ type: 'text-end' }];
  }

  /** The output is the text of the last step. It was not streamed if the model does not stream. */
  #end({ output, usage }: HermesEvent): AgentEvent[] {
    this.isEnded = true;
    const text = this.#hasText ? [] : this.#readText(output);
    return [...text, ...this.#closeText(), ...toUsage(usage), { type: 'run-end', reason: 'stop' }];
  }
}

/** Returns the token counts of a run. Hermes reports zeros when the model reported none. */
function toUsage(usage: unknown): AgentEvent[] {
  if (!isObject(usage)) return [];
  const inputTokens = toCount(usage['input_tokens']);
  const outputTokens = toCount(usage['output_tokens']);
  if (inputTokens === undefined || outputTokens === undefined || inputTokens + outputTokens === 0) return [];
  return [{ type: 'usage', usage: { inputTokens, cachedInputTokens: 0, outputTokens, reasoningTokens: 0 } }];
}
