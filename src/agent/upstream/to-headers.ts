import type { UpstreamSettings } from '../../config/upstream-settings.ts';

/**
 * Returns the names and values of the headers of every request. Compression is declined: it would delay the events of a
 * stream.
 */
export function toHeaders(apiKey: string | undefined, { headers }: Pick<UpstreamSettings, 'headers'>): string[] {
  const authorization = apiKey === undefined ? [] : ['authorization', `Bearer ${apiKey}`];
  return [...authorization, 'accept-encoding', 'identity', ...Object.entries(headers).flat()];
}
