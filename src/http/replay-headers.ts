/** Returns the header that marks the replayed reply of an earlier request with the same `Idempotency-Key`. */
export function replayHeaders(replayed: boolean): Record<string, string> {
  return replayed ? { 'idempotency-replayed': 'true' } : {};
}
