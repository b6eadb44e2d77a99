/** The bounds of HTTP connections, request bodies and shutdown, each with what it prevents. Part of `limits`. */
export const httpLimits = {
  /** A request body after decoding. Prevents memory exhaustion; large enough for Codex histories and several images. */
  bodyBytes: 32 * 1024 * 1024,
  /** Nesting levels in a request body. Prevents a body of brackets from exhausting the stack. */
  bodyLevels: 256,
  /** JSON values in a request body. Prevents a small compressed body from expanding to millions of values. */
  bodyValues: 100_000,
  /** A body above this size counts as large. */
  largeBodyBytes: 256 * 1024,
  /** Sealed content unpacked for one request, in total. Prevents kilobytes that unpack to gigabytes. */
  sealedBytes: 32 * 1024 * 1024,
  /** Large bodies read and decoded concurrently. Prevents them from exhausting memory together. */
  largeBodies: 3,
  /** Large bodies waiting to be read. Prevents an unbounded queue; further requests are refused at once. */
  waitingBodies: 256,
  /** Wait before reading a large body. Prevents waits longer than client timeouts. */
  bodyWaitMs: 15_000,
  /** Reading one large body while others wait. Prevents slow senders from occupying every slot. */
  bodyReadMs: 10_000,
  /** Bytes of unfinished small bodies; above this each is read like a large one. Prevents memory exhaustion by many. */
  smallBodiesBytes: 64 * 1024 * 1024,
  /** Reading a request body. Prevents a slow sender from holding a connection. */
  bodyTimeoutMs: 60_000,
  /** Connections waiting to be accepted. Prevents refused connections under a burst of clients. */
  listenBacklog: 4096,
  /**
   * Idle time before a connection is closed. Longer than the idle timeout of common load balancers (60 s). Prevents
   * them from sending a request on a connection that is being closed, which they report as a 502.
   */
  idleConnectionMs: 75_000,
  /** Silence on a stream before a comment is sent. Prevents proxies from closing idle streams. */
  keepAliveMs: 10_000,
  /** Characters of a stream that wait for the end of the event loop's turn. Prevents a replay from filling memory. */
  streamWriteCharacters: 65_536,
  /** Time a client may leave a stream unread. Prevents a stalled client from holding a run slot and its upstream. */
  streamStallMs: 30_000,
  /** From SIGTERM until the listener closes. Prevents connection resets during a rolling restart. */
  drainMs: 1_000,
  /** Longest drain of a stalled event loop, as a multiple. Prevents a busy machine from blocking the exit. */
  drainStretch: 3,
  /** Wait for active requests at shutdown. Prevents a stuck stream from blocking the exit. */
  shutdownMs: 10_000,
  /**
   * From aborting runs until connections are cut. Leaves time for terminal events; prevents waiting on dead sockets.
   */
  shutdownAbortMs: 1_000,
  /** Wait for aborted detached runs before their followers are aborted. Prevents one run from blocking the shutdown. */
  shutdownDrainMs: 300,
  /** From the end of a server to that of its process. Prevents a forgotten timer from delaying the exit. */
  exitMs: 400,
  /** Idle time of a connection during shutdown before it is closed. Prevents it from blocking the exit. */
  shutdownIdleMs: 100,
  /** Wait for a moment without requests in flight, to close idle connections. Prevents an endless wait under load. */
  shutdownReadMs: 250,
  /** Wait before a simulated reset. Prevents it from discarding what the client has not read yet. */
  faultFlushMs: 30,
  /** The longest silence of a simulated fault. Prevents connections from staying open forever. */
  faultHangMs: 600_000,
  /** Stopping the server after an unhandled failure. Prevents a broken process from staying alive. */
  guardMs: 3_000,
} as const;
