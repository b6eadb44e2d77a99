import type { StreamOutcome } from './run-stream.ts';

/** The work of the client process. Half of the streams are chat completions, half stored responses. */
export interface LoadJob {
  /** The server. */
  origin: string;
  /** Makes the tokens of this job differ from those of others. */
  name: string;
  /** Concurrent streams. */
  streams: number;
  /** Tokens of one stream, and per second. */
  count: number;
  rate: number;
  /** Whether the first tokens wait until all streams are open. */
  isGated?: boolean;
  /** The streams start evenly within this time. */
  rampMs: number;
  /** Each client starts a next stream until this time has passed; omitted: it reads one. */
  repeatMs?: number;
  /** Share of the streams whose client leaves at a random moment. */
  leaving?: number;
  /** Share of the streams whose client reads slowly. */
  slow?: number;
}

export interface LoadOutcome {
  ends: Record<StreamOutcome['end'], number>;
  tokens: number;
  /** Milliseconds from the request to its first token. */
  firstTokenMs: number[];
  /** The first faults. */
  faults: string[];
  faultCount: number;
}

/** Sent by the client process: once when every client has read a first token, and at the end of the job. */
export type LoadMessage = 'ready' | 'started' | LoadOutcome;
