const signals = ['SIGTERM', 'SIGINT'] as const;

/** Resolves with the signal that asks the process to end: SIGTERM, or Ctrl+C. A second one, of either, ends it at once. */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals) => {
      for (const name of signals) process.off(name, stop);
      resolve(signal);
    };
    for (const signal of signals) process.on(signal, stop);
  });
}
