/**
 * The file that `talaria record` writes and `AGENT_URL=replay:FILE` reads: JSON Lines, first a header, then one line for
 * each exchange in the order in which they ended. docs/record.md is its reference.
 */

/** Goes up when a reader of the old version would misread the new one; fields that may be passed over don't count. */
export const recordingVersion = 1;

/** Stands where a secret stood. */
export const redactedMark = '[redacted]';

export interface RecordingHeader {
  talaria: 'recording';
  version: number;
  /** Where the exchanges went, without credentials. */
  upstream: string;
  /** ISO 8601, as are all times of day in the file. */
  created: string;
}

export type HeaderList = [name: string, value: string][];

/**
 * How an exchange ended: whole; the client or the upstream went away before that; there was no upstream to be reached;
 * the proxy was stopped.
 */
export type ExchangeEnd = 'complete' | 'client-left' | 'upstream-broke' | 'unreachable' | 'stopped';

export interface RecordedExchange {
  /** Counted from 1 in the order in which they began. */
  exchange: number;
  at: string;
  /** From the request's head to the end. */
  milliseconds: number;
  /** One turn of a WebSocket: the request is a frame of the client's, the response is what came back for it. */
  webSocket?: true;
  request: RecordedRequest;
  /** Absent when the upstream never answered. */
  response?: RecordedResponse;
  ended: ExchangeEnd;
  violations: Violation[];
}

/** A body is JSON, else text, else not kept: then `binary` or `truncated` says why. None of them: it was empty. */
export interface RecordedMessage {
  headers: HeaderList;
  /** On the wire, before any decoding. */
  bytes: number;
  json?: unknown;
  text?: string;
  binary?: true;
  /** The body went through whole, but was too large to be kept. Of a stream the events before that are there. */
  truncated?: true;
}

export interface RecordedRequest extends RecordedMessage {
  method: string;
  /** With the query. */
  path: string;
}

export interface RecordedResponse extends RecordedMessage {
  status: number;
  /** The events of a stream, in place of a body. */
  stream?: RecordedRead[];
}

/** Events that arrived together. */
export interface RecordedRead {
  /** Milliseconds after the request's head. */
  ms: number;
  events: RecordedEvent[];
}

/** `json`, or `text` for data that is none, such as `[DONE]`. */
export interface RecordedEvent {
  event?: string;
  json?: unknown;
  text?: string;
}

export type ViolationKind =
  | 'missing field'
  | 'wrong type'
  | 'wrong value'
  | 'bad JSON'
  | 'bad coding'
  | 'content type'
  | 'status'
  | 'event name'
  | 'sequence'
  | 'ending';

/** One breach of the contract. */
export interface Violation {
  direction: 'request' | 'reply';
  kind: ViolationKind;
  /** `messages[0].role`, `events[4].item.id`; empty for the message as a whole. */
  place: string;
  message: string;
}
