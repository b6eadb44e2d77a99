import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import { toAbortError } from '../abort.ts';
import type { AgentEvent, AgentEventBatch } from '../agent-client.ts';
import type { RedactError } from '../upstream/errors/redact-error.ts';
import { toReadError } from '../upstream/errors/to-read-error.ts';
import type { HermesApi } from './hermes-api.ts';
import type { HermesEvent } from './hermes-event.ts';
import { RunReader } from './run-reader.ts';

export interface HermesRunOptions {
  api: HermesApi;
  runId: string;
  sessionId: string;
  signal: AbortSignal;
  redact: RedactError;
  log: { warn(details: object, message: string): void } | undefined;
  /** Called once, when the run has ended or its reader has left. `isComplete`: Hermes has ended it. */
  onEnd(isComplete: boolean): void;
}

type Result = IteratorResult<AgentEventBatch, undefined>;

/** The events of one run. An abort, an error and a reader that leaves end it early. */
export class HermesRun implements AsyncIterable<AgentEventBatch>, AsyncIterator<AgentEventBatch, undefined> {
  readonly #options: HermesRunOptions;
  readonly #reader: RunReader;
  /** Aborts when the reader leaves, too. */
  readonly #signal: AbortSignal;
  readonly #left = new AbortController();
  readonly #batches: AsyncGenerator<AgentEventBatch, undefined>;
  readonly #onAbort = () => this.#end();
  #isOver = false;

  constructor(options: HermesRunOptions) {
    this.#options = options;
    this.#reader = new RunReader(options.runId);
    this.#signal = AbortSignal.any([options.signal, this.#left.signal]);
    this.#batches = this.#follow();
    options.signal.addEventListener('abort', this.#onAbort, { once: true });
    if (options.signal.aborted) this.#end();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<Result> {
    try {
      const result = await this.#batches.next();
      if (this.#reader.isEnded) this.#end();
      return result;
    } catch (error) {
      this.#end();
      const { signal, redact } = this.#options;
      throw signal.aborted ? toAbortError(signal) : redact(toReadError(error));
    }
  }

  async return(): Promise<Result> {
    this.#end();
    this.#left.abort();
    return { done: true, value: undefined };
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    this.#options.onEnd(this.#reader.isEnded);
  }

  async *#follow(): AsyncGenerator<AgentEventBatch, undefined> {
    const { api, runId } = this.#options;
    const reader = this.#reader;
    for await (const events of api.events(runId, this.#signal)) {
      let batch: AgentEvent[] = [];
      for (const event of events) {
        if (event.event === 'approval.request') this.#deny(event);
        if (reader.needsTranscript(event)) {
          // Text does not wait for the transcript.
          if (batch.length > 0) yield batch;
          batch = await this.#readTranscript(event);
        }
        batch.push(...reader.read(event));
      }
      if (batch.length > 0) yield batch;
      if (reader.isEnded) return;
    }
    throw new ApiError('upstream_error', "The agent's stream ended early.");
  }

  /** Hermes writes a result just after its event, so the transcript is read again when it lacks what the event tells of. */
  async #readTranscript(event: HermesEvent): Promise<AgentEvent[]> {
    const { api, sessionId, log } = this.#options;
    const reader = this.#reader;
    const events: AgentEvent[] = [];
    try {
      for (let attempt = 1; attempt <= limits.upstreamTranscriptReads && reader.needsTranscript(event); attempt++) {
        if (attempt > 1) await delay(limits.upstreamTranscriptDelayMs, undefined, { signal: this.#signal });
        events.push(...reader.sync(await api.transcript(sessionId, this.#signal)));
      }
      if (reader.needsTranscript(event)) reader.stopWaiting(event);
    } catch (error) {
      if (this.#signal.aborted) throw error;
      log?.warn({ err: this.#options.redact(toReadError(error)) }, 'failed to read the transcript of a run');
      reader.goBlind();
    }
    return events;
  }

  /** Denies an approval at once. No client can be asked yet, and the run would wait for an answer. */
  #deny({ description }: HermesEvent): void {
    const { api, runId, log, redact } = this.#options;
    log?.warn({ run: runId, description }, 'denied an approval that the agent requested');
    api.deny(runId).catch((error: unknown) => {
      log?.warn({ run: runId, err: redact(toReadError(error)) }, 'failed to deny an approval');
    });
  }
}
