const signals = ['SIGTERM', 'SIGINT'] as const;

/** Resolves with the first SIGTERM or SIGINT (Ctrl+C). A second signal ends the process at once. */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals) => {
      for (const name of signals) process.off(name, stop);
      resolve(signal);
    };
    for (const signal of signals) process.on(signal, stop);
  });
}
