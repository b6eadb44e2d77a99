/** The interval while the tab is hidden, and the longest after failures. */
const slowMs = 15_000;

/** Returns the time to the next load. It doubles with each failure after the first in a row. */
export function toDelay(intervalMs: number, failures: number, isHidden: boolean): number {
  const delay = intervalMs * 2 ** Math.min(Math.max(0, failures - 1), 10);
  return Math.max(intervalMs, isHidden ? slowMs : Math.min(delay, slowMs));
}
