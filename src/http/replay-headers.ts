/** Says when an earlier request with the same `Idempotency-Key` is answered once more. */
export function replayHeaders(replayed: boolean): Record<string, string> {
  return replayed ? { 'idempotency-replayed': 'true' } : {};
}
