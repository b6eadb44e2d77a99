/**
 * The format that `talaria record` writes and `AGENT_URL=replay:FILE` reads: JSON Lines, a header, then one line per
 * exchange, ordered by their end. Reference: docs/record.md.
 */

/** Increases with every incompatible change. Additional optional fields are compatible. */
export const recordingVersion = 1;

/** Replaces a redacted secret. */
export const redactedMark = '[redacted]';

export interface RecordingHeader {
  talaria: 'recording';
  version: number;
  /** URL of the recorded API, without credentials. */
  upstream: string;
  /** ISO 8601, like all timestamps in the file. */
  created: string;
}

export type HeaderList = [name: string, value: string][];

/**
 * How an exchange ended: complete; the client or the upstream closed the connection early; the upstream could not be
 * reached; the proxy was stopped.
 */
export type ExchangeEnd = 'complete' | 'client-left' | 'upstream-broke' | 'unreachable' | 'stopped';

export interface RecordedExchange {
  /** Number from 1, in order of their start. */
  exchange: number;
  at: string;
  /** From the request's head to the end of the exchange. */
  milliseconds: number;
  /** One turn of a WebSocket: the request is a client's frame, the response its events. */
  webSocket?: true;
  request: RecordedRequest;
  /** Omitted if the upstream sent no response. */
  response?: RecordedResponse;
  ended: ExchangeEnd;
  violations: Violation[];
  /** Broken SHOULDs. Omitted when there are none. */
  notes?: Violation[];
}

/**
 * A body is stored as JSON, else as text, else omitted with `binary` or `truncated` set. None of them: it was empty.
 */
export interface RecordedMessage {
  headers: HeaderList;
  /** Bytes on the wire, before decoding. */
  bytes: number;
  json?: unknown;
  text?: string;
  binary?: true;
  /** Whether the body was forwarded but too large to store. Of a stream the earlier events are stored. */
  truncated?: true;
}

export interface RecordedRequest extends RecordedMessage {
  method: string;
  /** Path and query. */
  path: string;
}

export interface RecordedResponse extends RecordedMessage {
  status: number;
  /** The events of a stream, instead of a body. */
  stream?: RecordedRead[];
}

/** Events read together. */
export interface RecordedRead {
  /** Milliseconds after the request's head. */
  ms: number;
  events: RecordedEvent[];
}

/** One event. Data that is not JSON, such as `[DONE]`, is stored as `text`. */
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

/** One violation of the contract. */
export interface Violation {
  direction: 'request' | 'reply';
  kind: ViolationKind;
  /** Path such as `messages[0].role` or `events[4].item.id`; empty for the whole message. */
  place: string;
  message: string;
}
