import type { UpstreamSettings } from '../../config/upstream-settings.ts';
import type { AgentEvent, AgentRequest } from '../agent-client.ts';
import type { LearnedFields, Lesson } from './learned-fields.ts';
import type { Refusal } from './read-refusal.ts';

/** The agent behind a format. */
export interface UpstreamContext {
  /** The agent's name, for `ProviderData`. */
  agent: string;
  settings: UpstreamSettings;
  learned: LearnedFields;
}

/**
 * The wire format of an upstream. It translates requests and answers and does no I/O: connections, retries, time-outs,
 * limits and redaction are the same for every format.
 */
export interface UpstreamFormat {
  /** The path of the operation below the base URL, such as `chat/completions`. */
  readonly path: string;
  /**
   * Returns the JSON text of a request, in UTF-8, for a stream or a plain answer (`isStreamed`). Throws
   * `unsupported_value` for parts the format cannot carry.
   */
  toBody(request: AgentRequest, model: string, context: UpstreamContext): Buffer;
  /** Returns what a refusal of this body teaches about the upstream. The request is then sent again in that form. */
  learn?(refusal: Refusal, sent: object): Lesson | undefined;
  /** Starts reading one streamed answer. */
  createStreamReader(request: AgentRequest, context: UpstreamContext): StreamReader;
  /**
   * Returns the events of an answer sent as one JSON document, `run-end` included. Some upstreams send one although a
   * stream was requested. Throws an `ApiError` for an unreadable answer or a reported error.
   */
  readDocument(text: string, request: AgentRequest, context: UpstreamContext): AgentEvent[];
}

/** `finished`: the answer may be complete, but the upstream has not ended it. `done`: nothing more follows. */
export type AnswerStage = 'open' | 'finished' | 'done';

/** Reads the server-sent events of one answer, in order. */
export interface StreamReader {
  /** Number of events so far that advanced the answer. Pings do not count: proxies send them for a hung model too. */
  readonly activity: number;
  readonly stage: AnswerStage;
  /**
   * Translates one server-sent event; `data` is never empty. Throws an `ApiError` when it is unreadable or an error.
   */
  read(data: string, event: string | undefined): AgentEvent[];
  /**
   * Closes the answer of a stream that ended before `done`. The last event returned is `run-end`. Throws
   * `upstream_error` when the answer is incomplete.
   */
  end(): AgentEvent[];
}
