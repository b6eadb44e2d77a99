/** A smaller difference of the clocks isn't corrected, because the header has whole seconds. */
const toleranceMs = 3000;

let differenceMs = 0;

/** Learns the difference between the clocks of the server and the browser from the header `Date`. */
export function noteServerTime(date: string | null): void {
  const difference = Date.parse(date ?? '') - Date.now();
  if (!Number.isNaN(difference)) differenceMs = Math.abs(difference) > toleranceMs ? difference : 0;
}

/** Returns the server's time in Unix seconds. */
export function serverNow(): number {
  return (Date.now() + differenceMs) / 1000;
}
