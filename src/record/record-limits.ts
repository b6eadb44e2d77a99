/** The bounds of `talaria record`, each with what it prevents. */
export const recordLimits = {
  /** Bytes of each body that are stored and checked. Prevents memory exhaustion; a larger body is only forwarded. */
  bodyBytes: 32 * 1024 * 1024,
  /** Violations reported for one exchange; the rest is counted. Prevents a flood from a stream with a fault per event. */
  violations: 20,
  /** Client keys that are redacted everywhere. Prevents each request from being slower than the one before it. */
  knownKeys: 100,
  /** Bytes of a request or response head that is forwarded. Above Node's default: a large head must not fail a session. */
  headBytes: 64 * 1024,
  /** Connecting to the upstream. Prevents a dead host from holding a request. */
  connectMs: 10_000,
  /** Connections to the upstream. Prevents socket exhaustion. */
  connections: 512,
  /** Idle time before a connection to the upstream is closed. Short: prevents a request on one that is being closed. */
  idleConnectionMs: 1_500,
} as const;
