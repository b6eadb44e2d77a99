/**
 * Says when token counts are our own estimate because the agent gave none. Plain replies only: a stream's head is sent
 * before the agent has counted.
 */
export function usageHeaders(run: { usageIsEstimate: boolean }): Record<string, string> {
  return run.usageIsEstimate ? { 'x-talaria-usage': 'estimate' } : {};
}
