const bytesPerKilobyte = 1000;

/** Prints a row of the report. */
export function print(name: string, text: string): void {
  console.log(`${name.padEnd(20)} ${text}`);
}

export function toBytes(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / bytesPerKilobyte).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(0)} MB`;
}

/** Returns the distribution of times in milliseconds. */
export function toTimes(times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
  return `p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)} ms`;
}
