/** The lengths of the windows of a token counter, in seconds. */
export const windowSeconds = { minute: 60, day: 86_400 } as const;

/** Returns the end of the window that contains `now`, in Unix seconds. Windows are aligned to UTC. */
export const toWindowEnd = (now: number, seconds: number): number => (Math.floor(now / seconds) + 1) * seconds;
