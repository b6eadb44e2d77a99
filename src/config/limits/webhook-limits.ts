const minute = 60_000;
const hour = 60 * minute;

/** The bounds of webhooks. Part of `limits`. */
export const webhookLimits = {
  /** One attempt, from the connection to the reply's status. Prevents a hung receiver from holding a connection. */
  webhookTimeoutMs: 15_000,
  /** The longest `timeout` of an endpoint. Prevents long attempts from delaying those after a crash. */
  webhookLongestTimeoutMs: minute,
  /** Beyond the time-out, until another server may send the webhook. Prevents sending it twice at once. */
  webhookMarginMs: 5_000,
  /** Webhooks sent to one endpoint at once. Prevents a burst from flooding a receiver, and a slow one from filling memory. */
  webhooksAtOnce: 8,
  /** Between two looks for webhooks that are due. Prevents missing those of other servers. */
  webhookPollMs: 1_000,
  /** Waits after the first attempts; the last one repeats. Prevents flooding a receiver that fails. */
  webhookRetryMs: [5_000, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour],
  /** Longest Retry-After of a receiver that is followed. Prevents it from postponing a webhook until it expires. */
  webhookRetryAfterMs: 24 * hour,
  /** From an event until its webhook is given up. Prevents a dead receiver from filling the store. */
  webhookSeconds: (72 * hour) / 1000,
  /** Bytes read of a reply. Prevents an endless body from occupying a connection. */
  webhookReplyBytes: 64 * 1024,
  /** Wait for attempts when the server stops. Prevents a slow receiver from blocking the exit. */
  webhookStopMs: 1_000,
} as const;
