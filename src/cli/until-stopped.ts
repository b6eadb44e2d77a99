/** Resolves with the signal by which somebody asks the process to end: SIGTERM, or Ctrl+C. */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });
}
