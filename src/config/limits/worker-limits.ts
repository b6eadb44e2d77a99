/** The bounds of worker processes, each with what it prevents. Part of `limits`. */
export const workerLimits = {
  /** Worker processes of one server. Prevents a typing error from filling the machine. */
  workers: 256,
  /** A worker that lives for less time has died early. Prevents a worker that fails now and then from stopping the server. */
  workerStableMs: 10_000,
  /** Early deaths in a row, after which the server stops. Prevents an endless loop of restarts; above `runAttempts`. */
  workerDeaths: 6,
  /** Pause before the first replacement; it doubles with each early death. Prevents a busy loop of restarts. */
  workerRestartMs: 100,
} as const;
