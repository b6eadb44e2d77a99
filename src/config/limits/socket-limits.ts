/** The bounds of WebSockets, each with what it prevents. Part of `limits`. */
export const socketLimits = {
  /** Lifetime of a WebSocket, as Open Responses sets it (L15). Prevents connections that outlive their load balancer. */
  socketConnectionMs: 60 * 60_000,
  /**
   * Time without a byte from the client, pongs included, before the connection is cut. Prevents dead peers from staying
   * connected. Long: some clients answer pings only while they wait for an event, not while they run a tool.
   */
  socketSilenceMs: 10 * 60_000,
  /** From closing a WebSocket until it is cut. Prevents a peer that ignores the close from holding it. */
  socketCloseMs: 5_000,
  /** Turns of one WebSocket that run at once, each in its own lane. Prevents one client from taking all runs. */
  socketTurns: 16,
  /** Lanes of one WebSocket, running or not. Prevents a client from naming each turn, and memory exhaustion. */
  socketLanes: 32,
  /** Frames queued behind the active turns. Prevents unbounded queues; together they are no larger than one body. */
  socketQueuedFrames: 32,
  /** Inputs of `response.steer` that wait on one response. Prevents memory exhaustion. */
  socketSteers: 16,
  /** Bytes of frames queued on all WebSockets of a tenant. Prevents memory exhaustion by many connections. */
  socketTenantQueuedBytes: 64 * 1024 * 1024,
  /** WebSockets of one server. Prevents memory exhaustion; a refused client falls back to HTTP. */
  sockets: 1024,
  /** `Retry-After` of a refused WebSocket. Prevents clients from reconnecting at once, all together. */
  socketRetrySeconds: 5,
  /** Unread bytes of a client before its run pauses. Prevents a slow reader from filling memory. */
  socketBufferedBytes: 1024 * 1024,
  /**
   * Most recent responses with `store: false` that a WebSocket remembers: two for each lane. Prevents memory exhaustion.
   */
  socketResponses: 64,
  /** JSON characters of those responses, each with its history. Prevents memory exhaustion. */
  socketResponseCharacters: 64 * 1024 * 1024,
  /** JSON characters that all WebSockets of a tenant remember. Prevents memory exhaustion by many connections. */
  socketTenantResponseCharacters: 64 * 1024 * 1024,
} as const;
