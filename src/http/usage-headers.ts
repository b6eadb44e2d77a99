/**
 * Returns the header that marks token counts as this server's estimate, when the agent reported none. Plain replies
 * only: a stream's head is sent before the agent reports usage.
 */
export function usageHeaders(run: { usageIsEstimate: boolean }): Record<string, string> {
  return run.usageIsEstimate ? { 'x-talaria-usage': 'estimate' } : {};
}
