/** Upper bounds of the buckets of times to the first output, in milliseconds. One more bucket holds the longer ones. */
export const firstOutputBuckets = [50, 100, 200, 400, 700, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000] as const;

/** Sums of the runs that ended, of one or more series and minutes. */
export interface LoadCounters {
  /** Runs that ended. */
  requests: number;
  /** Runs that failed. */
  errors: number;
  cancelled: number;
  inputTokens: number;
  outputTokens: number;
  /** Calls of server-side tools. */
  toolCalls: number;
  /** Runs by the time from slot to first output, one count per bucket: `firstOutputBuckets.length + 1`. */
  firstOutput: number[];
  /** Time that runs waited for a slot, in milliseconds. */
  queuedMs: number;
  maxQueuedMs: number;
  /** Runs without a record, because too many ended at once. */
  unrecorded: number;
}

/** Returns counters of nothing. */
export const createLoadCounters = (): LoadCounters => ({
  requests: 0,
  errors: 0,
  cancelled: 0,
  inputTokens: 0,
  outputTokens: 0,
  toolCalls: 0,
  firstOutput: Array.from({ length: firstOutputBuckets.length + 1 }, () => 0),
  queuedMs: 0,
  maxQueuedMs: 0,
  unrecorded: 0,
});

/** The counters of one series in one minute. Unknown labels are empty. `other` stands for series beyond the limit. */
export interface LoadRow extends LoadCounters {
  /** Its start in Unix seconds, divisible by 60. */
  minute: number;
  tenant: string;
  agent: string;
  model: string;
}

/** The most runs of a server at one time in one minute. */
export interface LoadPeak {
  /** Its start in Unix seconds, divisible by 60. */
  minute: number;
  running: number;
  queued: number;
}

/** The changes since the previous flush of a server. */
export interface LoadFlush {
  server: string;
  /** From 1, increasing with each flush of the server. A repetition is ignored, so a flush can be retried. */
  number: number;
  /** Unix seconds. */
  at: number;
  rows: readonly LoadRow[];
  peaks: readonly LoadPeak[];
}

export interface LoadQuery {
  /** Unix seconds, inclusive. Rounded down to the buckets. */
  from: number;
  /** Unix seconds, exclusive. */
  to: number;
  /** The length of a bucket, divisible by 60. Buckets begin at multiples of it. */
  seconds: number;
  tenant?: string | undefined;
}

/** The counters of one agent in one bucket. */
export interface LoadBucket extends LoadCounters {
  /** Its start in Unix seconds. */
  start: number;
  agent: string;
}

export interface Load {
  /** Oldest first, then by agent. Buckets without runs are omitted. */
  buckets: LoadBucket[];
  /** Oldest first: in each bucket, the largest sum over all servers of their peaks in one minute. */
  peaks: { start: number; running: number; queued: number }[];
}

/** Counts the load of all servers that share the store, per minute. Rows are kept for `limits.loadSeconds`. */
export interface LoadStore {
  /** Adds the changes of a server in one transaction. */
  add(flush: LoadFlush): Promise<void>;

  read(query: LoadQuery): Promise<Load>;
}
